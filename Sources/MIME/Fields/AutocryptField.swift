import Foundation
public import SMTP

/// An Autocrypt field, from which a mail program learns the key of the author.
///
/// The caller writes it once, in the outer header only: it is public and proves nothing.
///
/// - SeeAlso: [Autocrypt Level 1, The Autocrypt Header](https://docs.autocrypt.org/level1.html#the-autocrypt-header)
public struct AutocryptField: Sendable, Hashable {
    /// The largest field, in octets; readers ignore a larger one.
    static let maximumLength = 10 << 10
    private static let lineLength = 72

    /// The field, ready to be put into a header.
    public let field: Entity.Field

    /// Makes the field, or returns nil if the key makes it larger than 10 KiB.
    ///
    /// - Parameters:
    ///   - address: The address in From.
    ///   - keyData: The five packets of a minimal certificate.
    public init?(address: EmailAddress, keyData: [UInt8]) {
        // A reader ignores the whole field if it has an unknown attribute, and keydata
        // must be the last one.
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
