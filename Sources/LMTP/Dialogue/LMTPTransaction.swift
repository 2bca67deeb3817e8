import SMTP

/// One mail transaction, from MAIL to the end of the message.
///
/// - SeeAlso: [RFC 5321 §3.3](https://www.rfc-editor.org/rfc/rfc5321#section-3.3)
struct LMTPTransaction: Sendable, Hashable {
    /// The envelope, with the accepted recipients.
    var envelope: Envelope

    /// The reply for a path or a parameter that the server refuses.
    struct Refusal: Error {
        let reply: SMTPReply
    }

    /// Starts a transaction with `MAIL FROM`.
    ///
    /// A reverse-path that ``EmailAddress`` cannot parse is accepted, because Postfix
    /// accepted it: refusing it would lose the message.
    ///
    /// So is any SIZE: a refusal could become a bounce to somebody who did not send it, and
    /// the handler decides.
    ///
    /// - Throws: ``Refusal`` for an unknown or malformed parameter.
    init(path: String, _ parameters: [ESMTPParameter]) throws(Refusal) {
        for parameter in parameters {
            switch (parameter.keyword, parameter.value) {
            case ("SIZE", let value?):
                guard Self.isNumber(value) else { throw Refusal(reply: LMTPReplies.syntax) }
            case ("BODY", let value?):
                guard ["7BIT", "8BITMIME"].contains(value.uppercased()) else {
                    throw Refusal(reply: LMTPReplies.syntax)
                }
            case ("SMTPUTF8", nil):
                break
            case ("RET", let value?):
                guard ["FULL", "HDRS"].contains(value.uppercased()) else {
                    throw Refusal(reply: LMTPReplies.syntax)
                }
            case ("ENVID", let value?):
                guard XText.decode(value) != nil else { throw Refusal(reply: LMTPReplies.syntax) }
            case ("SIZE", nil), ("BODY", nil), ("SMTPUTF8", _), ("RET", nil), ("ENVID", nil):
                throw Refusal(reply: LMTPReplies.syntax)
            default:
                throw Refusal(reply: LMTPReplies.parameter)
            }
        }
        envelope = Envelope(reversePath: ReversePath(argument: path))
    }

    /// Checks the arguments of `RCPT TO`, and returns the recipient.
    ///
    /// The original client chooses ORCPT and NOTIFY, so the server checks their form and
    /// ignores their values.
    ///
    /// A path that is not an address is for the handler: Postfix accepted the message, and a
    /// refusal could become a bounce to somebody who did not send it.
    ///
    /// - Throws: ``Refusal`` for an unknown or malformed parameter, or a recipient above the
    ///   limit.
    func recipient(
        path: String,
        _ parameters: [ESMTPParameter],
        limit: Int
    ) throws(Refusal) -> Envelope.Recipient {
        for parameter in parameters {
            switch (parameter.keyword, parameter.value) {
            case ("NOTIFY", let value?):
                guard Self.isNotify(value) else { throw Refusal(reply: LMTPReplies.syntax) }
            case ("ORCPT", let value?):
                guard value.contains(";") else { throw Refusal(reply: LMTPReplies.syntax) }
            case ("NOTIFY", nil), ("ORCPT", nil):
                throw Refusal(reply: LMTPReplies.syntax)
            default:
                throw Refusal(reply: LMTPReplies.parameter)
            }
        }
        guard envelope.recipients.count < limit else {
            throw Refusal(reply: LMTPReplies.tooManyRecipients)
        }
        return Envelope.Recipient(
            argument: path,
            address: Path(argument: path).flatMap { EmailAddress(rewritten: $0.mailbox) }
        )
    }

    // RFC 1870 §4 allows twenty digits, which can be too large for an Int.
    private static func isNumber(_ text: String) -> Bool {
        (1...20).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    // RFC 3461 §4.1: NEVER excludes every other keyword.
    private static func isNotify(_ text: String) -> Bool {
        let words = text.uppercased().split(separator: ",", omittingEmptySubsequences: false)
        return words == ["NEVER"]
            || words.allSatisfy { ["SUCCESS", "FAILURE", "DELAY"].contains($0) }
    }
}
