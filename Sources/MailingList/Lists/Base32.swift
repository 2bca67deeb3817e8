/// Lower-case base32 without padding, for names that MTAs fold to lower case.
///
/// - SeeAlso: [RFC 4648 §6](https://www.rfc-editor.org/rfc/rfc4648#section-6)
package enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")

    package static func encode(_ octets: some Sequence<UInt8>) -> String {
        var result = ""
        var buffer: UInt32 = 0
        var bits = 0
        for octet in octets {
            buffer = (buffer << 8 | UInt32(octet)) & 0xffff
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { result.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return result
    }

    package static func random(
        octets count: Int,
        using generator: inout some RandomNumberGenerator
    ) -> String {
        encode((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Draws so many characters, 5 random bits each.
    static func random(
        length: Int,
        using generator: inout some RandomNumberGenerator
    ) -> String {
        String((0..<length).map { _ in alphabet[Int(truncatingIfNeeded: generator.next() & 31)] })
    }

    /// A text in lower case, if it has that length and this alphabet's characters alone.
    static func folded(_ text: some StringProtocol, length: Int) -> String? {
        let folded = text.lowercased()
        guard folded.utf8.count == length, folded.allSatisfy(alphabet.contains) else { return nil }
        return folded
    }
}
