import SMTP

/// The command lines for one message, with the extensions that the server offers.
struct SubmissionCommands: Sendable {
    /// The most characters of an encoded ENVID.
    ///
    /// - SeeAlso: [RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4)
    static let maximumEnvelopeIDLength = 100

    let message: SubmissionMessage
    let extensions: SMTPExtensions

    /// The MAIL FROM command.
    ///
    /// It has no BODY parameter, which means 7-bit (RFC 6152 §3). It has RET=HDRS, because
    /// a full bounce would carry the whole copy back through the Internet.
    ///
    /// - SeeAlso: [RFC 3461 §4.3](https://www.rfc-editor.org/rfc/rfc3461#section-4.3)
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

    /// The RCPT TO command.
    ///
    /// - SeeAlso: [RFC 3461 §4.1](https://www.rfc-editor.org/rfc/rfc3461#section-4.1)
    var recipient: String {
        var words = ["RCPT TO:<\(message.recipient)>"]
        if extensions.dsn { words += ["NOTIFY=FAILURE,DELAY", "ORCPT=\(originalRecipient)"] }
        return words.joined(separator: " ")
    }

    // RFC 3461 §4.4 allows printable ASCII only. Postfix refuses the whole message for
    // any other ENVID, so an invalid one is left out.
    private var envelopeID: String? {
        guard message.envelopeID.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        let encoded = XText.encode(message.envelopeID)
        return (1...Self.maximumEnvelopeIDLength).contains(encoded.utf8.count) ? encoded : nil
    }

    // RFC 3461 §4.2 for ASCII, RFC 6533 §3 for the rest.
    private var originalRecipient: String {
        let address = message.recipient
        return address.isASCII
            ? "rfc822;\(XText.encode("\(address)"))"
            : "utf-8;\(XText.encodeInternational("\(address)"))"
    }
}
