/// The name of a text, and of the file `NAME.txt` that replaces it.
public enum TextName: String, Sendable, Hashable, CaseIterable {
    /// Asks a person to send their key.
    case keySet = "key-set"
    /// Asks a person to sign a statement with the key that they sent.
    case keyConfirm = "key-confirm"
    /// Asks a subscriber to sign, with the old key, that the new one replaces it.
    case keyChangeConfirm = "key-change-confirm"
    /// Asks a person to reply, to show that they want to join.
    case confirmAddress = "confirm-address"
    /// Asks a subscriber to reply, to show that they want to leave.
    case confirmLeave = "confirm-leave"
    /// Asks owners and moderators to decide on a request.
    case moderate
    /// Tells a person that their request was declined.
    case rejected
    /// Tells a person that they are a subscriber now.
    case welcome
    /// Tells a subscriber that another key replaces theirs.
    case keyChanged = "key-changed"
    /// Tells a subscriber that the list now uses their updated key.
    case keyUpdated = "key-updated"
    /// Tells a person that they are no longer a subscriber.
    case goodbye
    /// Explains the mail commands.
    case help
    /// Describes the list, with its key.
    case info
    /// Sends the list's key.
    case listKey = "list-key"
    /// Tells a person that the list publishes their certification of its key.
    case keySigned = "key-signed"
    /// Asks owners and moderators to decide on a post.
    case held
    /// Reminds owners and moderators of posts that they have not decided on.
    case heldLong = "held-long"
    /// Tells an author that their post was rejected.
    case postRejected = "post-rejected"
    /// Warns a subscriber that their key expires soon.
    case keyExpires = "key-expires"
    /// Tells the owners whose keys expire soon.
    case keysExpire = "keys-expire"
    /// Tells a subscriber that the list has stopped sending them posts after bounces.
    case bounces
    /// Tells the owners to whom the list has stopped sending posts after bounces.
    case bouncesOwners = "bounces-owners"
    /// Tells everybody that the list has a new key, signed with the old one.
    case keyRotated = "key-rotated"
    /// Tells everybody that the list's key is revoked, signed with the new one.
    case keyRevoked = "key-revoked"
    /// Tells everybody that the list has another address.
    case renamed
    /// Tells the owners that one of them has set the key of an external contact.
    case keyBound = "key-bound"
    /// Tells the owners that one of them has removed the key of an external contact.
    case keyUnbound = "key-unbound"
    /// Tells the owners that one of them has changed a setting.
    case settingChanged = "setting-changed"
    /// Tells the owners that somebody has joined, left, or has another key.
    case ownersNotice = "owners-notice"
    /// Tells the owners which external contacts did not receive a forwarded post.
    case unsent
    /// Tells the owners which copies did not reach subscribers, and why.
    case missedCopies = "missed-copies"
    /// Tells the owners how many refused messages were dropped without a bounce.
    case dropped
    /// Tells the owners which subscribers have no usable key.
    case unusableKeys = "unusable-keys"
    /// The first part of a mail that somebody wrote to the owners.
    case ownerMail = "owner-mail"
    /// Tells an owner without a usable key, in clear, that there is a mail for them.
    case summons
    /// Tells somebody who asked to join that they are a subscriber already.
    case alreadySubscribed = "already-subscribed"
    /// Tells a person that the list does not accept the key that they sent.
    case keyRefused = "key-refused"
    /// Tells a subscriber that their key can no longer be used.
    case keyEnded = "key-ended"
    /// Tells the owners that a subscriber has revoked their key.
    case keyEndedOwners = "key-ended-owners"
    /// Tells an owner or a moderator that their decision was carried out.
    case decided
    /// Lists the subscribers.
    case who
    /// Sends a subscriber's key.
    case subscriberKey = "subscriber-key"
    /// Tells a subscriber whether the list sends them posts.
    case delivery
    /// Tells a person why their command was not carried out.
    case failed
}

extension TextName {
    /// Whether the text may be sent in clear to a subscriber whose key cannot be used now.
    ///
    /// Such a text tells a reader on the way nothing about the subscriber.
    public var isPublic: Bool {
        switch self {
        case .keySet, .keyRefused, .keyEnded, .confirmLeave, .help, .info, .listKey, .summons: true
        case .keyConfirm, .keyChangeConfirm, .confirmAddress, .moderate, .rejected,
            .welcome, .keyChanged, .keyUpdated, .goodbye, .alreadySubscribed,
            .keyEndedOwners, .keySigned, .held, .heldLong,
            .postRejected, .keyExpires, .keysExpire, .bounces,
            .bouncesOwners, .keyRotated, .keyRevoked, .renamed, .keyBound,
            .keyUnbound, .settingChanged, .ownersNotice, .unsent, .missedCopies, .dropped, .decided,
            .delivery,
            .failed, .unusableKeys, .ownerMail, .who, .subscriberKey:
            false
        }
    }
}
