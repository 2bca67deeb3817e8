extension Refusal {
    /// What the author can do about it, for the manual.
    ///
    /// Whoever refuses for a reason that the reply keeps to itself owes authors a
    /// place to look it up.
    public var remedy: String {
        switch self {
        case .loop: "Nothing; the list's owners look for the loop."
        case .tooLarge: "Send less, or ask the owners for a larger limit."
        case .malformed:
            "Send it with another mail program; this one writes two of a field, "
                + "or a structure that programs read differently."
        case .notEncrypted: "Encrypt to the list's key with PGP/MIME."
        case .inline: "Choose PGP/MIME in the mail program."
        case .notDecryptable: "Fetch the list's key again, and encrypt to it alone or among others."
        case .malformedInside:
            "Send it with PGP/MIME from a mail program: one message inside, "
                + "encrypted once, signed as a whole."
        case .unsigned: "Sign the post with the key that the list knows."
        case .notSubscribed: "Write from the address that is subscribed, or ask the owners."
        case .fromMismatch: "Write From the same address inside and outside."
        case .foreignSignature: "Sign with the key that the list knows, or give it the new one."
        case .invalidSignature:
            "Sign with SHA-256 or better, and let nothing between you and the list change it."
        case .expiredSignature: "Prolong the key, and send it with 'key update'."
        case .revokedSignature: "Use another key, and send it with 'key set' when the list asks."
        case .staleSignature: "Set the clock, and send it anew rather than from an old draft."
        case .addressedElsewhere: "Put the list's address into To."
        case .replay: "Nothing, if it was posted already; to say it again, write it anew."
        case .notAllowed: "Ask an owner to post it."
        case .moderated, .emergency: "Wait: a moderator decides."
        case .spam: "Ask the owners; or write without what a filter dislikes."
        case .tooOften: "Wait until tomorrow."
        case .unknownAddress: "Correct the address."
        case .automatic: "Write by hand, without a list or a program in between."
        case .commandRefused:
            "Look at the last mail of the list: answer it from the same address, with the "
                + "key or the signature that it asks for; or begin anew. 'help' lists the commands."
        }
    }

    /// Every refusal with its reply and its remedy, as a Markdown table.
    public static var table: String {
        let rows = allCases.map { refusal in
            "| `\(refusal.rawValue)` | \(refusal.reply) | \(refusal.explanation) "
                + "| \(refusal.remedy) |\n"
        }
        return "| refusal | the peer is told | what happened | what the author can do |\n"
            + "|---|---|---|---|\n" + rows.joined()
    }
}
