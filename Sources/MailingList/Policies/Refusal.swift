public import SMTP

/// The reason for which the list refuses a message, with the SMTP reply.
///
/// A reason that is visible without opening the message has a code of its own.
/// All reasons that depend on decryption or on membership share one code and one
/// text, so that a stranger does not learn what the list could read, or who is
/// subscribed.
public enum Refusal: String, Sendable, Hashable, CaseIterable {
    /// This list has sent the message before, or it has passed through too many lists.
    case loop
    /// The message is larger than the list accepts.
    case tooLarge
    /// The copies of the message would be larger than the list or the MTA accepts.
    case copyTooLarge
    /// Mail programs would read the message in different ways.
    case malformed
    /// The list accepts only encrypted mail, and the message is not encrypted.
    case notEncrypted
    /// Inline PGP: no header field shows that the text was written as a mail.
    case inline
    /// The list's key does not decrypt the message, or the message was changed.
    case notDecryptable
    /// The encrypted content is ambiguous, or is not allowed in a post.
    case malformedInside
    /// The message has no signature.
    case unsigned
    /// The address in From is not the address of a subscriber with a confirmed key.
    case notSubscribed
    /// From inside the signature differs from From outside.
    case fromMismatch
    /// The signature is not by the key that the subscriber confirmed.
    case foreignSignature
    /// A signature does not verify, or uses a weak algorithm.
    case invalidSignature
    /// A signature or its key has expired.
    case expiredSignature
    /// A signature is by a revoked key.
    case revokedSignature
    /// The signature is too old, or dated in the future.
    case staleSignature
    /// The author signed the message for somebody else.
    case addressedElsewhere
    /// This signed content was posted before.
    case replay
    /// Only owners post to this list.
    case notAllowed
    /// The author's posts wait for a moderator.
    case moderated
    /// Every post waits for a moderator.
    case emergency
    /// A filter of the host marked the message as spam.
    case spam
    /// The author has reached the daily limit of posts.
    case tooOften
    /// The domain of the list has no such address.
    case unknownAddress
    /// A program wrote the message: an automatic answer, or automatic mail to the address for
    /// commands.
    case automatic
    /// The mail has no command, or its token, signature or key is not the requested one.
    case commandRefused

    /// The reply to the sending server.
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
        case .copyTooLarge:
            SMTPReply(552, EnhancedStatusCode(5, 3, 4), "Too large for this list: \(Self.figures)")
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

    /// The words in the place of which the reply of ``copyTooLarge`` has both sizes.
    private static let figures = "each copy would exceed the limit"

    /// The reply for one message, which names the sizes that its detail has.
    public func reply(_ detail: String) -> SMTPReply {
        guard case .copyTooLarge = self else { return reply }
        return SMTPReply(552, EnhancedStatusCode(5, 3, 4), "Too large for this list: \(detail)")
    }

    /// The explanation for the administrator: what happened, and what to do next.
    public var explanation: String {
        switch self {
        case .loop:
            "The message carries this list's X-Loop or List-Id, or more than three X-Loop "
                + "fields. Look for a list that subscribes to another, or for an alias that loops."
        case .tooLarge:
            "The message is larger than max_message_size. 'listseal list set' raises the limit."
        case .copyTooLarge:
            "Copies are not compressed, so they can be larger than the message. max_message_size "
                + "and Postfix's message_size_limit bound them too; raise the one that is named."
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
            "The encrypted content is ambiguous, or is not allowed in a post. The detail says why."
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
            "A signature does not match the content, or uses a weak algorithm."
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
        case .notAllowed: "The setting posting lets only owners post to this list."
        case .moderated:
            "The posts of this author wait for a moderator. 'listseal subscriber moderate' "
                + "changes that."
        case .emergency:
            "Every post waits for a moderator, because the setting emergency of the list is true."
        case .spam: "A filter of this host marked the mail, and spam_action acts on that."
        case .tooOften:
            "The author has posted max_daily_posts times today. rate_action decides about more "
                + "posts."
        case .unknownAddress:
            "The address belongs to no list, no role of a list and no bounce token."
        case .automatic:
            "A program wrote this mail as an answer to another, so it is no post. Or a program "
                + "or a list sent it to the address for commands."
        case .commandRefused:
            "The list accepted no command in the mail. The detail says why. The reply is the "
                + "same for every reason, because a stranger must not learn who is subscribed."
        }
    }
}
