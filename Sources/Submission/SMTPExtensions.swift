import SMTP

/// The extensions that a server offers in its reply to EHLO and that we use.
///
/// - SeeAlso: [RFC 5321 §4.1.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1)
struct SMTPExtensions: Sendable, Hashable {
    /// RFC 2920: several commands in one write.
    var pipelining = false
    /// RFC 1870: MAIL states the size, so that a server can refuse before the data.
    var size = false
    /// RFC 3461: RET, ENVID, NOTIFY, ORCPT.
    var dsn = false
    /// RFC 6531: addresses that are not ASCII.
    var international = false

    /// No extension is offered.
    init() {}

    /// Reads the reply to EHLO, of which the first line names no extension.
    init(hello: SMTPReply) {
        for line in hello.lines.dropFirst() {
            switch line.prefix(while: { $0 != " " }).uppercased() {
            case "PIPELINING": pipelining = true
            case "SIZE": size = true
            case "DSN": dsn = true
            case "SMTPUTF8": international = true
            default: break
            }
        }
    }
}
