/// The symmetric key of one message; it stays in memory and is never printed.
public struct SessionKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The number of the cipher: 7, 8 and 9 are AES with 128, 192 and 256 bits.
    ///
    /// - SeeAlso: [RFC 9580 §9.3](https://www.rfc-editor.org/rfc/rfc9580#section-9.3)
    let algorithm: UInt8
    let key: [UInt8]

    /// Parses the text that GnuPG exports, `9:HEX`; nil unless it is an AES key.
    public init?(gnupg text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let algorithm = UInt8(parts[0]),
            let key = Hexadecimal.decode(parts[1]),
            key.count == [7: 16, 8: 24, 9: 32][algorithm]
        else { return nil }
        self.algorithm = algorithm
        self.key = key
    }

    /// A key that protects nothing; it tests whether a public key can be encrypted to.
    package static let trial = SessionKey(algorithm: 9, key: [UInt8](repeating: 0, count: 32))

    private init(algorithm: UInt8, key: [UInt8]) {
        self.algorithm = algorithm
        self.key = key
    }

    /// The sum of the key's octets, by which a reader checks that it decrypted correctly.
    ///
    /// - SeeAlso: [RFC 9580 §5.1](https://www.rfc-editor.org/rfc/rfc9580#section-5.1)
    var checksum: [UInt8] {
        let sum = key.reduce(UInt16(0)) { $0 &+ UInt16($1) }
        return [UInt8(sum >> 8), UInt8(sum & 0xff)]
    }

    /// The octets that a session-key packet encrypts: cipher, key, checksum.
    var encoded: [UInt8] { [algorithm] + key + checksum }

    /// A fixed text without the key, so that a log cannot reveal it.
    public var description: String { "session key" }
    /// A fixed text without the key, so that a debugger cannot reveal it.
    public var debugDescription: String { description }
    /// A mirror without children, so that `dump` cannot reveal the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
