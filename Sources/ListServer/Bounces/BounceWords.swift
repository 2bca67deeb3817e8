import MailingList

/// What servers say when they refuse a message, and what each phrase says of the address.
///
/// The rules are asked in order, and the first one with a phrase in the text decides. So what
/// is about the author's server comes before the words that name a recipient, and those come
/// before the words of filters: "no such user" stands behind 5.7.1, too. Phrases are in lower
/// case, with single spaces.
enum BounceWords {
    /// Phrases that mean the same.
    struct Rule: Sendable {
        let kind: Bounce.Kind
        let phrases: [String]
    }

    /// Octets of a text in which phrases are looked for.
    static let maximumText = 8 << 10

    /// What a text says of the address; nil if no phrase is in it.
    static func kind(of text: some StringProtocol) -> Bounce.Kind? {
        let text = folded(text)
        return rules.first { rule in rule.phrases.contains { text.contains($0) } }?.kind
    }

    /// Whether a text says that a server still tries.
    static func saysDelayed(_ text: some StringProtocol) -> Bool {
        let text = folded(text)
        return delays.contains { text.contains($0) }
    }

    private static func folded(_ text: some StringProtocol) -> String {
        String(decoding: text.utf8.prefix(maximumText), as: UTF8.self).lowercased()
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A server that still tries says so in words alone, beside the code of its last try.
    private static let delays = [
        "still being retried", "still trying", "will be retried", "will be attempted again",
        "will try again", "keep trying", "continue to try", "will continue",
        "this is a warning", "warning message only", "not yet been delivered",
        "not yet delivered", "has not been delivered yet", "been delayed", "delivery delayed",
        "do not need to resend", "don't need to resend", "no action is required",
        "have not been able to deliver", "temporary non-fatal",
    ]

    private static let rules = [author, full, gone, content, probablyGone, temporary]

    /// The other server objects to the author's server, domain or signature.
    private static let author = Rule(
        kind: .content,
        phrases: [
            "sender address rejected", "sender verify", "sender rejected", "sender denied",
            "sender not ", "invalid sender", "unresolvable address", "sender domain",
            "domain of sender", "mail from domain", "helo command rejected", "helo/ehlo",
            "reverse dns", "reverse hostname", "ptr record", "cannot find your reverse",
            "cannot find your hostname", "relaying denied", "unable to relay",
            "relay access denied", "not permitted to relay", "relay not permitted",
            "relaying not allowed", "relaying to", "we do not relay", "relay denied",
            "authentication required", "authentication is required", "not authenticated",
            "unauthenticated", "rcpthosts", "dmarc", "dkim", "spf ", "spf-", "(spf)",
            "sender policy", "sender id", "backscatter",
        ]
    )

    /// The mailbox is full today, or receives too fast.
    private static let full = Rule(
        kind: .soft,
        phrases: [
            "quota", "mailbox is full", "mailbox full", "mail box full", "inbox is full",
            "mbox full", "is full", "exceeded storage", "storage allocation",
            "insufficient system storage", "not enough disk", "not enough space", "disk full",
            "too much mail", "mailbox size", "mailbox exceeds", "message storage",
            "user is over", "receiving mail at a rate", "too quickly", "too fast",
        ]
    )

    /// There is no such mailbox, or it is closed.
    private static let gone = Rule(
        kind: .hard,
        phrases: [
            "user unknown", "unknown user", "no such user", "no such mailbox",
            "no such recipient", "no such person", "no such address", "no such account",
            "no such local user", "no such domain user", "there is no such", "no mailbox here",
            "no mailbox by that name", "no mailbox found", "no account by that name",
            "no user by that name", "no valid recipient", "user doesn't have",
            "user does not have", "user does not exist", "user doesn't exist", "user not exist",
            "does not have an account", "account does not exist", "account doesn't exist",
            "mailbox does not exist", "mailbox doesn't exist", "address does not exist",
            "recipient does not exist", "recipient doesn't exist", "recipient not exist",
            "tried to reach does not exist", "unknown recipient", "recipient unknown",
            "unknown local part", "unknown local-part", "addressee unknown", "unknown account",
            "account unknown", "mailbox unknown", "unknown mailbox", "unknown in virtual",
            "unknown or illegal alias", "unknown or invalid", "is unknown", "not listed in",
            "not found in directory", "recipientnotfound", "recipnotfound",
            "recipient not found", "unable to find recipient", "user not found",
            "user was not found", "mailbox not found", "address not found", "name not found",
            "could not be found", "mailbox not available", "mailbox unavailable or",
            "invalid recipient", "invalid mailbox", "invalid user", "invalid address",
            "invalid final delivery", "is invalid", "not a valid mailbox", "not a valid user",
            "not a valid recipient", "is not a valid", "user name is not", "bad address",
            "bad destination mailbox address", "delivery address is", "recipient rejected",
            "recipient address rejected: access denied", "5.4.1 recipient address rejected",
            "does not like recipient", "unrouteable address", "unroutable address",
            "is not a known user", "not a known user", "not known here", "not our customer",
            "no longer valid", "no longer available", "no longer in use", "no longer exists",
            "no longer on server", "has moved", "mailbox you have sent", "account is disabled",
            "account disabled", "account has been disabled", "tried to reach is disabled",
            "mailbox disabled", "mailbox is disabled", "address is disabled", "user disabled",
            "account has been suspended", "account is suspended", "account suspended",
            "mailbox suspended", "account is inactive", "account inactive", "inactive user",
            "user is inactive", "mailbox is inactive", "deactivated", "account expired",
            "account has expired", "account closed", "account has been closed", "discontinued",
        ]
    )

    /// A filter objects to this message, to its size or to the server that brought it.
    private static let content = Rule(
        kind: .content,
        phrases: [
            "spam", "blocked", "block list", "block-list", "blocklist", "blacklist",
            "black list", "black-list", "rbl", "dnsbl", "uribl", "surbl", "policy",
            "reputation", "virus", "malware", "infected", "prohibited", "not allowed",
            "unsolicited", "bulk mail", "banned", "content rejected", "content not",
            "content filter", "rejected by filter", "message rejected", "message refused",
            "too large", "too big", "size exceeds", "exceeds size", "exceeds the",
            "exceeds maximum", "exceeded maximum", "exceeds fixed", "maximum size",
            "maximum message", "size limit", "message size", "attachment", "suspicious",
            "abuse", "access denied", "permission denied", "not accepted for", "denied by",
            "refused by", "administrative", "too many", "rate limit", "greylist", "graylist",
            "security", "not rfc", "rfc 5322", "rfc5322", "message header", "duplicate header",
            "unauthorized", "authorized", "authorization", "challenge",
        ]
    )

    /// Words that mean the mailbox if nothing speaks against it.
    private static let probablyGone = Rule(
        kind: .hard,
        phrases: [
            "does not exist", "doesn't exist", "not exist", "mailbox unavailable",
            "unknown address", "address unknown", "disabled", "suspended", "inactive",
            "unknown to",
        ]
    )

    /// A fault of a server or of the network, which ends some day.
    private static let temporary = Rule(
        kind: .soft,
        phrases: [
            "temporarily", "try again", "try later", "timed out", "timeout",
            "connection refused", "lookup failure", "server error", "local configuration",
            "configuration error", "loop", "too many hops", "hop count", "resources",
            "system error",
        ]
    )
}
