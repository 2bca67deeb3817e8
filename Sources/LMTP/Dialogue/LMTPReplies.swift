import SMTP

/// The replies that an LMTP server gives without asking its handler.
enum LMTPReplies {
    // The greeting does not contain the host's name: if a server greets with
    // $myhostname, Postfix believes that it talks to itself ("mail loops back to myself").
    static let greeting = SMTPReply(220, nil, "listseal LMTP")
    static let ok = SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")
    static let reversePath = SMTPReply(250, EnhancedStatusCode(2, 1, 0), "Ok")
    static let start = SMTPReply(354, nil, "End data with <CR><LF>.<CR><LF>")
    static let bye = SMTPReply(221, EnhancedStatusCode(2, 0, 0), "Bye")
    static let cannotVerify = SMTPReply(252, EnhancedStatusCode(2, 0, 0), "Try RCPT")

    static let unknownCommand = SMTPReply(500, EnhancedStatusCode(5, 5, 1), "Unknown command")
    static let syntax = SMTPReply(501, EnhancedStatusCode(5, 5, 4), "Syntax error")
    static let sequence = SMTPReply(503, EnhancedStatusCode(5, 5, 1), "Bad sequence of commands")
    static let parameter = SMTPReply(555, EnhancedStatusCode(5, 5, 4), "Unsupported parameter")
    static let noRecipients = SMTPReply(503, EnhancedStatusCode(5, 5, 1), "No valid recipients")
    static let tooManyRecipients = SMTPReply(
        452,
        EnhancedStatusCode(4, 5, 3),
        "Too many recipients"
    )
    static let noMemory = SMTPReply(
        452,
        EnhancedStatusCode(4, 3, 1),
        "Out of memory, try again later"
    )
    static let noAnswer = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 0),
        "Not processed, try again later"
    )

    static let garbage = SMTPReply(500, EnhancedStatusCode(5, 5, 2), "This is not LMTP")
    static let tooManyErrors = SMTPReply(421, EnhancedStatusCode(4, 7, 0), "Too many errors")
    static let tooManyConnections = SMTPReply(
        421,
        EnhancedStatusCode(4, 3, 2),
        "Too many connections"
    )
    static let idle = SMTPReply(421, EnhancedStatusCode(4, 4, 2), "Timeout")
    static let shuttingDown = SMTPReply(421, EnhancedStatusCode(4, 3, 2), "Shutting down")

    /// The reply to LHLO, with the extensions that the server offers.
    ///
    /// Without 8BITMIME Postfix rewrites the message to quoted-printable, which breaks
    /// signatures. Without SMTPUTF8 Postfix bounces addresses that are not ASCII. SIZE names no
    /// limit, because Postfix itself would bounce a message above it.
    ///
    /// - SeeAlso: [RFC 2033 §4.1](https://www.rfc-editor.org/rfc/rfc2033#section-4.1)
    static let extensions = SMTPReply(
        250,
        nil,
        "listseal",
        "PIPELINING",
        "8BITMIME",
        "SMTPUTF8",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "SIZE",
        "XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE"
    )
}
