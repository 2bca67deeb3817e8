public import Foundation
public import SMTP

/// How often the list writes to an address that nothing proves.
///
/// Anybody can ask in anybody's name. So an address gets one such mail a day, and all
/// addresses together get a bounded number an hour.
public enum ReplyLimit {
    /// Seconds between two mails to one address.
    public static let interval: TimeInterval = UTCDay.seconds
    /// Seconds over which all of them are counted.
    static let window: TimeInterval = 3600
    /// How many a list writes in that time.
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
        _ address: EmailAddress,
        from list: MailingList.ID,
        now: Date,
        in records: any StoreTransaction
    ) throws -> Bool {
        allows(
            latest: try records.latestReply(to: address, from: list),
            isOnList: try records.subscriber(at: address, of: list) != nil,
            repliesInLastHour: try records.replies(
                from: list,
                after: now.addingTimeInterval(-window)
            ),
            now: now
        )
    }
}
