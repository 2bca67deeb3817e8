/// A text of the list's, named, with what stands in its places.
///
/// All texts are in ``EnglishTexts`` and ``GermanTexts``; an administrator can put a
/// file in the place of each.
public struct AnswerText: Sendable, Hashable {
    /// Which text.
    public let name: TextName
    /// What stands for `{name}` in it.
    public let values: [String: String]

    /// Puts them side by side.
    public init(_ name: TextName, _ values: [String: String] = [:]) {
        self.name = name
        self.values = values
    }
}

/// The name of a text: also that of the file that replaces it, with `.txt`.
public enum TextName: String, Sendable, Hashable, CaseIterable {
    /// Send your key.
    case keySet = "key-set"
    /// Prove your key.
    case keyConfirm = "key-confirm"
    /// Prove that both keys are yours.
    case keyChangeConfirm = "key-change-confirm"
    /// Answer, so that we know that you asked.
    case confirmAddress = "confirm-address"
    /// Answer, so that we know that you want to leave.
    case confirmLeave = "confirm-leave"
    /// Somebody waits for an owner's decision.
    case moderate
    /// An owner said no.
    case rejected
    /// You are a subscriber.
    case welcome
    /// Another key of yours counts now.
    case keyChanged = "key-changed"
    /// The list has taken your key.
    case keyUpdated = "key-updated"
    /// You are no longer a subscriber.
    case goodbye
    /// What can be done by mail.
    case help
    /// What this list is.
    case info
    /// The list's key is attached.
    case listKey = "list-key"
    /// Your certification of the list's key is published.
    case keySigned = "key-signed"
    /// A post waits for a decision.
    case held
    /// Posts have waited for long.
    case heldLong = "held-long"
    /// A moderator has not accepted your post.
    case postRejected = "post-rejected"
    /// Your key expires soon.
    case keyExpires = "key-expires"
    /// To the owners: keys that expire soon.
    case keysExpire = "keys-expire"
    /// Your copies came back, and stopped.
    case bounces
    /// To the owners: whose copies came back, and stopped.
    case bouncesOwners = "bounces-owners"
    /// To everybody: the list has another key, and the old one says so.
    case keyRotated = "key-rotated"
    /// To everybody: the list's key may have been stolen, and there is another.
    case keyRevoked = "key-revoked"
    /// To everybody: the list has another address.
    case renamed
    /// To the owners: one of them has bound a key to an address outside the list.
    case keyBound = "key-bound"
    /// To the owners: one of them has taken that back.
    case keyUnbound = "key-unbound"
    /// To the owners: one of them has changed a setting.
    case settingChanged = "setting-changed"
    /// To the owners: somebody has joined, left, or has another key.
    case ownersNotice = "owners-notice"
    /// To the owners: what did not go on to people outside.
    case unsent
    /// To the owners: how much was dropped because nobody could be told of a refusal.
    case dropped
    /// You asked to subscribe and are a subscriber.
    case alreadySubscribed = "already-subscribed"
    /// The key that you sent cannot be taken.
    case keyRefused = "key-refused"
    /// Your key ended, and copies with it.
    case keyEnded = "key-ended"
    /// To the owners: a subscriber's key ended.
    case keyEndedOwners = "key-ended-owners"
    /// Your decision counts.
    case decided
    /// Who subscribes.
    case who
    /// Somebody's key is attached.
    case subscriberKey = "subscriber-key"
    /// Copies stop or go on.
    case delivery
    /// What you asked for could not be done.
    case failed
}

extension TextName {
    /// Whether it may go in clear to somebody who has a key that cannot be used now: it
    /// says nothing of what she is or did here.
    public var isPublic: Bool {
        switch self {
        case .keySet, .keyRefused, .keyEnded, .confirmLeave, .help, .info, .listKey: true
        case .keyConfirm, .keyChangeConfirm, .confirmAddress, .moderate, .rejected,
            .welcome, .keyChanged, .keyUpdated, .goodbye, .alreadySubscribed,
            .keyEndedOwners, .keySigned, .held, .heldLong,
            .postRejected, .keyExpires, .keysExpire, .bounces,
            .bouncesOwners, .keyRotated, .keyRevoked, .renamed, .keyBound,
            .keyUnbound, .settingChanged, .ownersNotice, .unsent, .dropped, .decided, .delivery,
            .failed,
            .who,
            .subscriberKey:
            false
        }
    }
}

/// A subject and a body with places.
public struct TextTemplate: Sendable, Hashable {
    /// The Subject.
    public let subject: String
    /// The body.
    public let body: String

    /// Puts them side by side.
    public init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    /// Reads a file: `Subject: …`, an empty line, the body; nil if it is none.
    public init?(file text: String) {
        let text = text.replacing("\r\n", with: "\n")
        guard let gap = text.firstRange(of: "\n\n"), text.hasPrefix("Subject:") else { return nil }
        let head = text[..<gap.lowerBound].dropFirst("Subject:".count)
        guard !head.contains("\n") else { return nil }
        subject = String(head.drop { $0 == " " })
        body = String(text[gap.upperBound...])
    }

    /// Fills the places, each once: what is put in is not looked at again.
    public func filled(with values: [String: String]) -> (subject: String, body: String) {
        (Self.fill(subject, values).onOneLine, Self.fill(body, values))
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}"),
                let value = values[String(rest[rest.index(after: open)..<close])]
            else {
                result.append("{")
                rest = rest[rest.index(after: open)...]
                continue
            }
            result += value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}

/// A language that texts are written in.
public enum TextLanguage: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"

    /// The text as it is shipped.
    public func template(_ name: TextName) -> TextTemplate {
        switch self {
        case .english: EnglishTexts.template(name)
        case .german: GermanTexts.template(name)
        }
    }
}
