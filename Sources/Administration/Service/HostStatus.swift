package import Foundation
import MailingList

/// The state of a host: what was found, and what is in the database.
///
/// What nobody could look at is not in it: the findings say why.
package struct HostStatus: Sendable, Hashable, Encodable {
    /// Something that raised an alarm and was not ended.
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
    /// The worst severity of the findings.
    package let severity: StatusFinding.Severity
    /// What was found, the worst first.
    package let findings: [StatusFinding]
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
    /// Whether the database could be read; else the numbers are 0 and mean nothing.
    package let isDatabaseRead: Bool

    init(
        _ stored: (status: StoreStatus, counts: [ListCounter: Int])?,
        alarms: [RaisedAlarm],
        findings: [StatusFinding]
    ) {
        let status = stored?.status ?? StoreStatus()
        self.findings = findings.enumerated().sorted {
            ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
        }.map(\.element)
        severity = findings.map(\.severity).max() ?? .well
        healthy = severity == .well
        lists = status.lists
        subscribers = status.subscribers
        owed = status.owed
        oldestOwed = status.oldestOwed
        unusableKeys = status.unusableKeys
        listsWithoutReader = status.listsWithoutReader
        self.alarms = alarms
        counts = Dictionary(
            uniqueKeysWithValues: (stored?.counts ?? [:]).map { ($0.key.rawValue, $0.value) }
        )
        isDatabaseRead = stored != nil
    }
}
