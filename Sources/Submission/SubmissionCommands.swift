import SMTP

/// The command lines for one message, as far as the server understands them.
struct SubmissionCommands: Sendable {
    /// Characters of an encoded ENVID.
    ///
    /// - SeeAlso: [RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4)
    static let maximumEnvelopeIDLength = 100

    let message: SubmissionMessage
    let extensions: SMTPExtensions

    /// MAIL FROM.
    ///
    /// No BODY: what has none is 7-bit (RFC 6152 §3). RET=HDRS, because a full
    /// bounce would carry the whole copy back through the Internet.
    var mail: String {
        var words = ["MAIL FROM:\(message.reversePath)"]
        if extensions.size { words.append("SIZE=\(message.size)") }
        if message.needsInternational { words.append("SMTPUTF8") }
        if extensions.dsn {
            words.append("RET=HDRS")
            if let envelopeID { words.append("ENVID=\(envelopeID)") }
        }
        return words.joined(separator: " ")
    }

    /// RCPT TO.
    var recipient: String {
        var words = ["RCPT TO:<\(message.recipient)>"]
        if extensions.dsn { words += ["NOTIFY=FAILURE,DELAY", "ORCPT=\(orcpt)"] }
        return words.joined(separator: " ")
    }

    // RFC 3461 §4.4: printable ASCII before it is encoded. Postfix refuses the
    // whole message for any other, and a message is worth more than its name.
    private var envelopeID: String? {
        guard message.envelopeID.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        let encoded = XText.encode(message.envelopeID)
        return (1...Self.maximumEnvelopeIDLength).contains(encoded.utf8.count) ? encoded : nil
    }

    // RFC 3461 §4.2 for ASCII, RFC 6533 §3 for the rest.
    private var orcpt: String {
        let address = message.recipient
        return address.isASCII
            ? "rfc822;\(XText.encode("\(address)"))"
            : "utf-8;\(XText.encodeInternational("\(address)"))"
    }
}
