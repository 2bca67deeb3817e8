import Foundation
public import SMTP

/// A key in a header field, by which a mail program learns whom it can answer.
///
/// Outside only and once: it is nobody's proof, and tells what is public.
///
/// - SeeAlso: [Autocrypt Level 1, The Autocrypt Header](https://docs.autocrypt.org/level1.html#the-autocrypt-header)
public struct AutocryptField: Sendable, Hashable {
    /// Octets of a whole field; a larger one is ignored by those who read it.
    static let maximumLength = 10 << 10
    private static let lineLength = 72

    /// The field, ready for a message.
    public let field: Entity.Field

    /// Nil for a key that would make it too large.
    ///
    /// - Parameters:
    ///   - address: What stands in From.
    ///   - keyData: The five packets of a minimal certificate.
    public init?(address: EmailAddress, keyData: [UInt8]) {
        // An attribute that a reader does not know makes the field invalid, and
        // keydata must be the last.
        var value = "addr=\(address); prefer-encrypt=mutual; keydata="
        var rest = Substring(Data(keyData).base64EncodedString())
        while !rest.isEmpty {
            value += " " + rest.prefix(Self.lineLength)
            rest = rest.dropFirst(Self.lineLength)
        }
        guard value.utf8.count + "Autocrypt: ".utf8.count <= Self.maximumLength else { return nil }
        field = Entity.Field("Autocrypt", structured: value)
    }
}
