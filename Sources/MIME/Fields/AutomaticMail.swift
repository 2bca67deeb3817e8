/// What a header says about who wrote a message: a person or a program.
public enum AutomaticMail {
    private static let responderFields = ["X-Autoreply", "X-Autorespond"]

    /// Whether a program wrote the message, or a list sent it.
    ///
    /// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
    public static func isAutomatic(_ root: Part) -> Bool {
        if let submitted = root.field(named: "Auto-Submitted"),
            !submitted.value.lowercased().hasPrefix("no")
        {
            return true
        }
        let precedence = root.field(named: "Precedence")?.value.lowercased() ?? ""
        return ["bulk", "junk", "list", "auto_reply"].contains(precedence)
            || (["List-Id", "List-Post", "List-Unsubscribe"] + responderFields)
                .contains { root.field(named: $0) != nil }
            || root.contentType.isType("multipart", "report")
    }

    /// Whether a program wrote the message as an answer to another one.
    ///
    /// A message that a program sends of itself can be a post: people let their programs
    /// write to lists, signed. Subject says nothing: people write "delayed" and "vacation" too.
    ///
    /// - SeeAlso: [RFC 3834 §5](https://www.rfc-editor.org/rfc/rfc3834#section-5)
    public static func isReply(_ root: Part) -> Bool {
        saysReplied(root)
            || root.field(named: "Precedence")?.value.lowercased() == "auto_reply"
            || responderFields.contains { root.field(named: $0) != nil }
            || root.contentType.isType("multipart", "report")
    }

    /// Whether a text is a notice of a program that answers for a person, such as a vacation
    /// notice; a server's report is none.
    public static func isNotice(_ root: Part) -> Bool {
        saysReplied(root)
            || root.contentType.type == "text"
                && (responderFields + ["X-Auto-Response-Suppress"])
                    .contains { root.field(named: $0) != nil }
    }

    private static func saysReplied(_ root: Part) -> Bool {
        let submitted = root.field(named: "Auto-Submitted")?.value.lowercased() ?? ""
        return submitted.hasPrefix("auto-replied") || submitted.hasPrefix("auto-notified")
    }
}
