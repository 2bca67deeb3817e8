import SMTP

/// Parses the tokens of an address list, without recursion.
///
/// ```
/// address-list = address *("," address)        RFC 5322 §3.4
/// address      = mailbox / phrase ":" [mailbox-list] ";"
/// mailbox      = addr-spec / [phrase] "<" addr-spec ">"
/// ```
struct AddressListParser {
    private var tokens: ArraySlice<HeaderLexer.Token>
    private let limits: MIMELimits
    private var mailboxes: [Mailbox] = []
    private var isInGroup = false

    init(_ tokens: [HeaderLexer.Token], limits: MIMELimits) {
        self.tokens = tokens[...]
        self.limits = limits
    }

    mutating func parse() -> [Mailbox]? {
        while true {
            let phrase = takeWords()
            if !phrase.isEmpty, !isInGroup, take(ASCII.colon) {
                isInGroup = true
                // RFC 5322 §3.4: `undisclosed-recipients:;` is a group without members.
                guard takeGroupEnd() else { continue }
            } else {
                guard mailboxes.count < limits.addresses, let mailbox = takeMailbox(phrase) else {
                    return nil
                }
                mailboxes.append(mailbox)
                _ = isInGroup && takeGroupEnd()
            }
            if tokens.isEmpty { return isInGroup ? nil : mailboxes }
            guard take(ASCII.comma) else { return nil }
        }
    }

    private mutating func takeGroupEnd() -> Bool {
        guard take(ASCII.semicolon) else { return false }
        isInGroup = false
        return true
    }

    private mutating func takeMailbox(_ phrase: [HeaderLexer.Token]) -> Mailbox? {
        if take(ASCII.less) {
            guard let local = tokens.popFirst(), let address = takeAddress(localPart: local),
                take(ASCII.greater)
            else { return nil }
            return Mailbox(displayName: Self.displayName(phrase), address: address)
        }
        guard phrase.count == 1, let address = takeAddress(localPart: phrase[0]) else { return nil }
        return Mailbox(displayName: nil, address: address)
    }

    /// Parses an addr-spec; neither blanks nor comments may stand between its three tokens.
    private mutating func takeAddress(localPart: HeaderLexer.Token) -> EmailAddress? {
        guard let at = tokens.popFirst(), at.kind == .special(ASCII.at), at.isGlued,
            let last = tokens.popFirst(), last.isGlued, case .word(let domain) = last.kind
        else { return nil }
        let local: String
        switch localPart.kind {
        case .word(let text): local = text
        case .quoted(let text):
            local = EmailAddress.quoted(text)
        case .special: return nil
        }
        let text = local + "@" + domain
        // U+FFFD replaces octets that are not UTF-8, so two different addresses could
        // become equal.
        guard !text.unicodeScalars.contains("\u{fffd}") else { return nil }
        return EmailAddress(text)
    }

    private mutating func takeWords() -> [HeaderLexer.Token] {
        let words = tokens.prefix { $0.text != nil }
        tokens = tokens.dropFirst(words.count)
        return Array(words)
    }

    private mutating func take(_ special: UInt8) -> Bool {
        guard tokens.first?.kind == .special(special) else { return false }
        tokens = tokens.dropFirst()
        return true
    }

    private static func displayName(_ phrase: [HeaderLexer.Token]) -> String? {
        let text = phrase.compactMap(\.text).joined(separator: " ")
        let name = DisplayText.clean(EncodedWord.decode(text))
        return name.isEmpty ? nil : name
    }
}
