extension Refusal {
    /// What the author can do, for the manual.
    ///
    /// The reply keeps some reasons to itself, so authors need a place to look them up.
    public var remedy: String {
        switch self {
        case .loop: "Nothing. The owners of the list look for the loop."
        case .tooLarge: "Send a smaller message, or ask the owners for a larger limit."
        case .copyTooLarge:
            "Send less text, or smaller attachments, or ask the owners for a larger limit."
        case .malformed:
            "Send the message with another mail program. This one repeats a field, or writes a "
                + "structure that mail programs read in different ways."
        case .notEncrypted: "Encrypt the message to the list's key, with PGP/MIME."
        case .inline: "Choose PGP/MIME in the mail program."
        case .notDecryptable: "Fetch the list's key again, and encrypt the message to it."
        case .malformedInside:
            "Send one message with PGP/MIME, encrypted once and signed as a whole."
        case .unsigned: "Sign the message with the key that the list knows."
        case .notSubscribed: "Write from the subscribed address, or ask the owners."
        case .fromMismatch: "Use the same address in From inside and outside."
        case .foreignSignature:
            "Sign with the key that the list knows, or send the list the new key with "
                + "'key change'."
        case .invalidSignature:
            "Sign with SHA-256 or better. Make sure that no server on the way changes the mail."
        case .expiredSignature: "Extend the key, and send it with 'key update'."
        case .revokedSignature:
            "Use another key, and send it with 'key set' when the list asks for it."
        case .staleSignature: "Set the clock, and write the message again."
        case .addressedElsewhere: "Put the address of the list into To."
        case .replay: "Nothing, if it was posted. To post it again, write it again."
        case .notAllowed: "Ask an owner to post it."
        case .moderated, .emergency: "Wait for the decision of a moderator."
        case .spam: "Ask the owners, or write the message in another way."
        case .tooOften: "Wait until tomorrow."
        case .unknownAddress: "Correct the address."
        case .automatic: "Write the message by hand."
        case .commandRefused:
            "Reply to the last mail of the list from the same address, with the key or the "
                + "signature that it asks for. Or begin again: 'help' lists the commands."
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
