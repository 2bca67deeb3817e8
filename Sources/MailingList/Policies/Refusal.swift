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
            SMTPReply(
                554,
                EnhancedStatusCode(5, 4, 6),
                "This list has received this message before"
            )
        case .tooLarge:
            SMTPReply(552, EnhancedStatusCode(5, 3, 4), "The message is too large for this list")
        case .malformed:
            SMTPReply(554, EnhancedStatusCode(5, 6, 0), "The message is not well formed")
        case .notEncrypted, .inline:
            // RFC 7504 and RFC 5248 registry: 523 / X.7.10, encryption needed.
            SMTPReply(
                523,
                EnhancedStatusCode(5, 7, 10),
                "This list accepts only mail that is encrypted with its key"
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
            SMTPReply(
                550,
                EnhancedStatusCode(5, 7, 1),
                "This address does not accept automatic mail"
            )
        case .commandRefused:
            SMTPReply(
                550,
                EnhancedStatusCode(5, 7, 1),
                "We could not accept this. If you answered a mail from the list: reply from the "
                    + "same address, keep its text, and sign with your key. For help, send a mail "
                    + "with the Subject \"help\"."
            )
        }
    }

    /// The explanation for the administrator: what happened, and what to do next.
    public var explanation: String {
        switch self {
        case .loop:
            "The message carries this list's X-Loop or List-Id, or more than three X-Loop "
                + "fields. Look for a list that subscribes to another, or for an alias that loops."
        case .tooLarge:
            "The message is larger than max_message_size. 'listseal list set' raises the limit."
        case .malformed:
            "The header or the MIME structure of the message is ambiguous: mail programs would "
                + "read it in different ways. The author needs another mail program."
        case .notEncrypted:
            "The message is not PGP/MIME encrypted. The author needs the list's public key: "
                + "'listseal list export-key' prints it."
        case .inline:
            "The text of the message is inline PGP. With inline_pgp_action=ignore the list "
                + "accepts it like PGP/MIME."
        case .notDecryptable:
            "The list's key does not decrypt the message, or the message was changed. The author "
                + "may use an old key of the list: send them the output of "
                + "'listseal list export-key'."
        case .malformedInside:
            "The encrypted content is not one MIME entity that is signed as a whole."
        case .unsigned:
            "The list decrypted the message, but it has no signature. The author must sign posts."
        case .notSubscribed:
            "The address in From is not the address of a subscriber with a confirmed key. "
                + "'listseal subscribers' prints all subscribers."
        case .fromMismatch:
            "From inside the signature differs from From outside. Somebody may have sent a "
                + "signed mail of another person."
        case .foreignSignature:
            "The signature is not by the confirmed key of this subscriber. If they have a new "
                + "key, 'listseal subscriber set-key' sets it."
        case .invalidSignature:
            "A signature does not fit the content, or uses a weak algorithm."
        case .expiredSignature:
            "A signature or its key has expired. The author extends the key and sends it with "
                + "'key update', or 'listseal subscriber set-key' sets it."
        case .revokedSignature: "A signature is by a revoked key. The author needs another key."
        case .staleSignature:
            "The signature is older than signature_max_age, is dated in the future, or is not of "
                + "the day in Date. Check the author's clock, then the clock of this host."
        case .addressedElsewhere:
            "The signed To and Cc, or the recipients that the signature names, do not include "
                + "this list: the mail was written to somebody else. Or they name nobody, and "
                + "unbound_post_action refuses that."
        case .replay:
            "This signed content was posted before. To post it again, the author signs it again."
        case .notAllowed: "Only owners post to this list, by its setting posting."
        case .moderated:
            "The posts of this author wait for a moderator. 'listseal subscriber moderate' "
                + "changes that."
        case .emergency:
            "Every post waits for a moderator, because the setting emergency of the list is true."
        case .spam: "A filter of this host marked the mail, and spam_action acts on that."
        case .tooOften:
            "The author has posted max_daily_posts times today. rate_action decides about more "
                + "posts."
        case .unknownAddress: "No list has this address, no role of a list, and no bounce token."
        case .automatic:
            "A program wrote this mail as an answer to another, so it is no post. Or a program "
                + "or a list sent it to the address for commands."
        case .commandRefused:
            "The list accepted no command in the mail. The detail says why. The reply is the "
                + "same for every reason, because a stranger must not learn who is subscribed."
        }
    }
}
