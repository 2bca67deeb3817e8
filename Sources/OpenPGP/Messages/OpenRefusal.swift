/// Why a message was not opened, by a fault of its sender.
///
/// For the log. What a peer is told is the same for all of them, at the same
/// time: a code that differed between a bad RSA padding and a bad MDC would make
/// the list decrypt for whoever asks often enough.
public enum OpenRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// No key of the list is among the recipients.
    case notForUs
    /// The session key or what it protects is damaged, or somebody tampered.
    ///
    /// One case for gpg's six codes, on purpose.
    case undecryptable
    /// The engine did not see the packets that were scanned, or saw others.
    case malformed
    /// The cipher is not AES, or nothing protects the text against change.
    case weakEncryption
    /// The plaintext is longer than it may be.
    case tooLarge
    /// The engine crashed, took too long or ended without a verdict.
    ///
    /// Nobody knows whose fault it was: counted, and refused when one message
    /// does it for the third time.
    case engineFailed

    /// The reason in words, for the log.
    public var description: String {
        switch self {
        case .notForUs: "it is not encrypted to the list's key"
        case .undecryptable: "it does not decrypt: damaged, or somebody tampered with it"
        case .malformed: "the engine saw other packets than the scan"
        case .weakEncryption: "the encryption is not AES with integrity protection"
        case .tooLarge: "the plaintext is longer than it may be"
        case .engineFailed: "the engine ended without a verdict"
        }
    }
}
