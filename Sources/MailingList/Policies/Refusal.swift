public import SMTP

/// Why a message is not taken: one case a reason, each with its reply.
///
/// What can be seen without opening the message has a code of its own. All
/// that depends on decryption or on membership has one code and one text, or
/// the list would tell a stranger what it read and whom it knows.
public enum Refusal: String, Sendable, Hashable, CaseIterable {
    /// The message has been through this list, or through too many.
    case loop
    /// Larger than the list takes.
    case tooLarge
    /// Not a message that has one meaning.
    case malformed
    /// The list takes encrypted mail only, and this is not.
    case notEncrypted
    /// An OpenPGP message as the text of a mail: nothing in it says that it was written as one.
    case inline
    /// Encrypted, but the list's key does not open it, or it was tampered with.
    case notDecryptable
    /// What was opened is not one thing with one meaning.
    case malformedInside
    /// Nobody signed it.
    case unsigned
    /// The address in From is not a subscriber's with a confirmed key.
    case notSubscribed
    /// From inside the signature is not From outside.
    case fromMismatch
    /// The signature is not by the key that the subscriber confirmed.
    case foreignSignature
    /// A signature does not verify, or is too weak to be believed.
    case invalidSignature
    /// A signature has expired, or its key has.
    case expiredSignature
    /// A signature is by a key that was revoked.
    case revokedSignature
    /// The signature is too old, or comes from the future.
    case staleSignature
    /// The author signed it for somebody else.
    case addressedElsewhere
    /// This signed content has been here before.
    case replay
    /// Only owners post to this list.
    case notAllowed
    /// The author's posts wait for a moderator.
    case moderated
    /// Every post waits for a moderator.
    case emergency
    /// A filter of the host has marked it.
    case spam
    /// The author has posted as often today as the list wants.
    case tooOften
    /// No such address at a list's domain.
    case unknownAddress
    /// A program's answer is no post, and what a program wrote is no command.
    case automatic
    /// No command, or one that is not accepted: token, signature or key are not as
    /// asked.
    case commandRefused

    /// What the peer is told.
    public var reply: SMTPReply {
        switch self {
        case .loop:
            SMTPReply(554, EnhancedStatusCode(5, 4, 6), "This message has been here before")
        case .tooLarge:
            SMTPReply(552, EnhancedStatusCode(5, 3, 4), "The message is too large for this list")
        case .malformed:
            SMTPReply(554, EnhancedStatusCode(5, 6, 0), "The message is not well formed")
        case .notEncrypted, .inline:
            // RFC 7504 and RFC 5248 registry: 523 / X.7.10, encryption needed.
            SMTPReply(
                523,
                EnhancedStatusCode(5, 7, 10),
                "This list takes only mail that is encrypted to its key"
            )
        case .notDecryptable, .malformedInside, .unsigned, .notSubscribed, .fromMismatch,
            .foreignSignature, .invalidSignature, .expiredSignature, .revokedSignature,
            .staleSignature, .addressedElsewhere, .replay, .notAllowed, .moderated, .emergency,
            .spam, .tooOften:
            SMTPReply(
                550,
                EnhancedStatusCode(5, 7, 1),
                "Posts must be encrypted to the list and signed by a subscriber's key"
            )
        case .unknownAddress:
            SMTPReply(550, EnhancedStatusCode(5, 1, 1), "No such address here")
        case .automatic:
            SMTPReply(550, EnhancedStatusCode(5, 7, 1), "Automatic mail is not answered here")
        case .commandRefused:
            SMTPReply(
                550,
                EnhancedStatusCode(5, 7, 1),
                "No command here was accepted; a mail with the Subject 'help' is answered"
            )
        }
    }

    /// What the administrator is told: what happened, and what to do next.
    public var explanation: String {
        switch self {
        case .loop:
            "The message carries this list's X-Loop or List-Id, or more than three X-Loop. "
                + "Look for a list that is a subscriber of another, or for an alias that loops."
        case .tooLarge:
            "The message is larger than max_message_size. Raise it with 'listseal list set'."
        case .malformed:
            "The message's header or MIME structure is ambiguous, so that programs would read "
                + "it differently. The author's mail program must be mended."
        case .notEncrypted:
            "The message is not PGP/MIME encrypted. The author needs the list's public key: "
                + "'listseal list export-key'."
        case .inline:
            "The message's text is an OpenPGP message, as before PGP/MIME. 'ignore' as "
                + "inline_pgp_action takes it like PGP/MIME."
        case .notDecryptable:
            "The list's key does not open the message, or the message was altered. The author "
                + "may have an old key of the list: send her 'listseal list export-key'."
        case .malformedInside:
            "What stood inside the encryption is not one signed or plain MIME entity."
        case .unsigned:
            "The message was opened, but nobody signed it. The author must sign her posts."
        case .notSubscribed:
            "The address in From is not that of a subscriber with a confirmed key. See "
                + "'listseal subscribers'."
        case .fromMismatch:
            "From inside the signature differs from From outside: somebody may have put "
                + "another's signed mail into an envelope of his own."
        case .foreignSignature:
            "The signature is not by the key that this subscriber confirmed. If she has a new "
                + "key: 'listseal subscriber set-key'."
        case .invalidSignature:
            "A signature is bad: what was signed is not what came; or it uses a weak algorithm."
        case .expiredSignature:
            "A signature or its key has expired. A prolonged key goes in with 'key update' by "
                + "mail, or 'listseal subscriber set-key'."
        case .revokedSignature:
            "A signature is by a key that was revoked. The author needs another key."
        case .staleSignature:
            "The signature is older than signature_max_age, its time lies ahead, or it is of "
                + "another day than Date. Look at the author's clock, then at this host's."
        case .addressedElsewhere:
            "The signed To and Cc, or the recipients named in the signature, do not name this "
                + "list: the mail was meant for somebody else. Or none is named, and "
                + "unbound_post_action refuses that."
        case .replay:
            "This signed content has been posted here before. To say it again the author signs "
                + "it again, which sending anew does."
        case .notAllowed: "The list's posting is owners: nobody else writes to it."
        case .moderated:
            "This author's posts wait for a moderator; 'listseal subscriber moderate' ends that."
        case .emergency: "The list's emergency is true: every post waits for a moderator."
        case .spam:
            "An earlier filter of this host has marked the mail, and spam_action counts that."
        case .tooOften:
            "This author's posts of today are max_daily_posts or more; rate_action says what "
                + "becomes of others."
        case .unknownAddress:
            "No list, role or bounce token has this address."
        case .automatic:
            "A program wrote this mail as an answer, which is no post; or a program or a list "
                + "sent it, which is no command."
        case .commandRefused:
            "The mail has no command that was accepted. The detail says why; the peer "
                + "is told the same for all, since a stranger must not learn who subscribes."
        }
    }
}
