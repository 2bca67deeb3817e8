public import Foundation
public import SMTP

/// How often the list writes to an address that nothing proves.
///
/// Anybody can ask in anybody's name. So an address gets one mail of each kind a day, and all
/// addresses together get a bounded number of each kind an hour. The kinds are counted apart:
/// a forged request for help must not use up an invitation.
///
/// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
public enum ReplyLimit {
    /// What such a mail is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What can be done by mail.
        case help
        /// The description of the list.
        case info
        /// The list's key alone.
        case listKey = "list-key"
        /// An invitation, or that the address is subscribed.
        case subscription
        /// The question whether to leave.
        case unsubscription
        /// The question about a newer copy of a key.
        case keyUpdate = "key-update"
        /// The question about a key in place of a revoked one.
        case keyReset = "key-reset"
    }

    /// Seconds between two mails of one kind to one address.
    public static let interval: TimeInterval = UTCDay.seconds
    /// Seconds over which all of one kind are counted.
    static let window: TimeInterval = 3600
    /// How many of one kind a list writes in that time.
    public static let maximumPerHour = 500

    /// Whether an address may get one now.
    ///
    /// Strangers who use the hour up cannot keep a person on the list from leaving: to them
    /// the hour does not apply.
    public static func allows(
        latest: Date?,
        isOnList: Bool,
        repliesInLastHour: Int,
        now: Date
    ) -> Bool {
        if let latest, latest > now.addingTimeInterval(-interval) { return false }
        return isOnList || repliesInLastHour < maximumPerHour
    }

    /// The same, by the records of a store.
    ///
    /// Throws what the transaction throws.
    public static func allows(
        _ kind: Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date,
        in records: any StoreTransaction
    ) throws -> Bool {
        allows(
            latest: try records.latestReply(kind, to: address, from: list),
            isOnList: try records.subscriber(at: address, of: list) != nil,
            repliesInLastHour: try records.replies(
                kind,
                from: list,
                after: now.addingTimeInterval(-window)
            ),
            now: now
        )
    }
}
