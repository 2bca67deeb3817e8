public import Foundation
public import Logging
public import MailingList
import NIOConcurrencyHelpers

/// The alarms of the daemon, in memory and in the store.
///
/// An alarm that only the database knew would be lost exactly when the database cannot be
/// written. The daemon names those in memory to whoever asks for its health.
public final class Alarms: Sendable {
    private let store: any ListStore
    private let clock: @Sendable () -> Date
    private let logger: Logger
    private let raised = NIOLockedValueBox<[Alarm: StoreStatus.RaisedAlarm]>([:])

    /// Makes an empty board of alarms, which writes to this store too.
    public init(store: any ListStore, clock: @escaping @Sendable () -> Date, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// The alarms that this process has raised and not cleared, the oldest first.
    public var current: [StoreStatus.RaisedAlarm] {
        raised.withLockedValue { $0.values.sorted { $0.since < $1.since } }
    }

    /// Raises an alarm, or replaces its detail.
    ///
    /// A store that cannot keep it is logged.
    public func raise(_ alarm: Alarm, detail: String) {
        let now = clock()
        raised.withLockedValue {
            let since = $0[alarm]?.since ?? now
            $0[alarm] = StoreStatus.RaisedAlarm(alarm: alarm, detail: detail, since: since)
        }
        do {
            try store.raise(alarm, detail: detail, now: now)
        } catch {
            logger.critical("the store does not keep the alarm \(alarm.rawValue): \(error)")
        }
    }

    /// Ends an alarm; false if the store still has it.
    @discardableResult
    public func clear(_ alarm: Alarm) -> Bool {
        raised.withLockedValue { $0[alarm] = nil }
        do {
            try store.clear(alarm)
            return true
        } catch {
            logger.warning("cannot end the alarm \(alarm.rawValue): \(error)")
            return false
        }
    }
}
