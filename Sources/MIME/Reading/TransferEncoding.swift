/// The transfer encoding of a body.
///
/// - SeeAlso: [RFC 2045 §6.1](https://www.rfc-editor.org/rfc/rfc2045#section-6.1)
enum TransferEncoding {
    case identity
    case quotedPrintable
    case base64

    /// The encoding that a part declares, or nil if it is unknown.
    init?(_ part: Part) {
        self.init(fieldValue: part.field(named: "Content-Transfer-Encoding")?.value)
    }

    init?(fieldValue: String?) {
        guard let fieldValue else {
            self = .identity
            return
        }
        let (tokens, isComplete) = HeaderLexer.tokens(
            of: fieldValue,
            specials: HeaderLexer.typeSpecials
        )
        guard isComplete, tokens.count == 1, case .word(let name) = tokens[0].kind else {
            return nil
        }
        switch ASCII.lowercased(name) {
        case "7bit", "8bit", "binary": self = .identity
        case "quoted-printable": self = .quotedPrintable
        case "base64": self = .base64
        default: return nil
        }
    }

    func decode(_ body: ArraySlice<UInt8>, limit: Int) throws(MIMEError) -> [UInt8] {
        switch self {
        case .identity:
            guard body.count <= limit else { throw MIMEError(.bodyTooLarge, at: limit) }
            return Array(body)
        case .quotedPrintable: return try QuotedPrintable.decode(body, limit: limit)
        case .base64: return try Base64.decode(body, limit: limit)
        }
    }
}
