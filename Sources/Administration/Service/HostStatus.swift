package import Foundation
import MailingList

/// The state of all lists of a host.
package struct HostStatus: Sendable, Hashable, Encodable {
    /// Something that the administrator must look at.
    package struct RaisedAlarm: Sendable, Hashable, Encodable {
        /// Its name.
        package let alarm: String
        /// What happened.
        package let detail: String
        /// Since when.
        package let since: Date
        /// What to do.
        package let advice: String
    }

    /// Whether nobody must look.
    package let healthy: Bool
    /// How many lists there are.
    package let lists: Int
    /// How many people are on them.
    package let subscribers: Int
    /// How many copies are not delivered yet.
    package let owed: Int
    /// When the oldest of them was sealed.
    package let oldestOwed: Date?
    /// How many people receive no copies because their key cannot be used.
    package let unusableKeys: Int
    /// Lists of which no owner has a key that can be used.
    package let listsWithoutReader: [String]
    /// The alarms.
    package let alarms: [RaisedAlarm]
    /// What was counted, by the name of the counter.
    package let counts: [String: Int]

    init(_ status: StoreStatus, counts: [ListCounter: Int]) {
        healthy = status.isHealthy
        lists = status.lists
        subscribers = status.subscribers
        owed = status.owed
        oldestOwed = status.oldestOwed
        unusableKeys = status.unusableKeys
        listsWithoutReader = status.listsWithoutReader
        alarms = status.alarms.map {
            RaisedAlarm(
                alarm: $0.alarm.rawValue,
                detail: $0.detail,
                since: $0.since,
                advice: $0.alarm.advice
            )
        }
        self.counts = Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }
}

/// A time that the store had seen, and the host's time, which it believes from now on.
package struct AcceptedClock: Sendable, Hashable, Encodable {
    /// The latest time that the store had seen.
    package let seen: Date?
    /// The time that it believes.
    package let accepted: Date
}

extension ListHost {
    /// Describes the state of all lists.
    package func status() throws -> ActResult<HostStatus> {
        ActResult(HostStatus(try store.status(now: clock()), counts: try store.counts()))
    }

    /// Makes the store believe the host's clock although it has seen a later time.
    ///
    /// Only if that time was wrong: else old signatures are fresh again.
    package func acceptClock() throws -> ActResult<AcceptedClock> {
        let report = AcceptedClock(seen: try store.latestTime(), accepted: clock())
        try store.acceptTime(report.accepted)
        try store.clear(.clock)
        return ActResult(report)
    }
}
