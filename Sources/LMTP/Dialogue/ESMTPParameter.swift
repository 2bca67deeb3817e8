/// One ESMTP parameter of `MAIL FROM` or `RCPT TO`.
///
/// - SeeAlso: [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2)
struct ESMTPParameter: Sendable, Hashable {
    /// The keyword, in upper case.
    let keyword: String
    /// The text after the `=`; nil if there is no `=`.
    let value: String?

    /// Parses `KEYWORD` or `KEYWORD=value`; nil for any other text.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let keyword = parts.first, !keyword.isEmpty,
            keyword.utf8.allSatisfy(Self.isKeywordOctet)
        else { return nil }
        self.keyword = keyword.uppercased()
        value = parts.count == 2 ? String(parts[1]) : nil
        if value?.isEmpty == true { return nil }
    }

    /// Parses all parameters; nil if one is malformed or occurs twice.
    static func parse(_ text: some StringProtocol) -> [Self]? {
        var result: [Self] = []
        var keywords: Set<String> = []
        for word in text.split(separator: " ") {
            guard let parameter = Self(word), keywords.insert(parameter.keyword).inserted else {
                return nil
            }
            result.append(parameter)
        }
        return result
    }

    private static func isKeywordOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }
}
