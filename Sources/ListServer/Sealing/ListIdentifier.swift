/// The syntax of a list's identifier, for List-Id.
///
/// - SeeAlso: [RFC 2919 §2](https://www.rfc-editor.org/rfc/rfc2919#section-2)
enum ListIdentifier {
    /// The longest identifier, in octets.
    static let maximumLength = 255

    /// Whether a text is a valid identifier: names separated by dots.
    static func isOne(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= maximumLength
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { name in
                !name.isEmpty
                    && name.utf8.allSatisfy { octet in
                        (0x21...0x7e).contains(octet) && !special.contains(octet)
                    }
            }
    }

    private static let special = Set("\"(),:;<>@[\\]".utf8)
}
