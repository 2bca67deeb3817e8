import Foundation
public import SMTP

extension AutocryptField {
    /// The key that a message offers for the author's address, or nil unless exactly one
    /// field is valid.
    ///
    /// - Parameters:
    ///   - root: The root part of the message.
    ///   - address: The address in From.
    /// - Returns: Binary packets, not checked yet.
    /// - SeeAlso: [Autocrypt Level 1, The Autocrypt Header](https://docs.autocrypt.org/level1.html#the-autocrypt-header)
    public static func key(in root: Part, from address: EmailAddress) -> [UInt8]? {
        let fields = root.fields(named: "Autocrypt")
        guard fields.count == 1, let field = fields.first, field.value.utf8.count <= maximumLength
        else { return nil }
        var named: EmailAddress?
        var attributes = field.value.split(separator: ";", omittingEmptySubsequences: false)[...]
        // keydata must be the last attribute.
        guard let last = attributes.popLast().flatMap(attribute), last.name == "keydata" else {
            return nil
        }
        for text in attributes {
            guard let attribute = attribute(text) else { return nil }
            switch attribute.name {
            case "addr": named = EmailAddress(attribute.value)
            case "prefer-encrypt": break
            // An unknown attribute may change the meaning of the field, unless it starts with "_".
            default: guard attribute.name.hasPrefix("_") else { return nil }
            }
        }
        guard named?.key == address.key else { return nil }
        return Data(base64Encoded: last.value.filter { !$0.isWhitespace }).map(Array.init)
    }

    private static func attribute(_ text: Substring) -> (name: String, value: String)? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        return (
            text[..<equals].trimmingCharacters(in: .whitespaces).lowercased(),
            text[text.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        )
    }
}
