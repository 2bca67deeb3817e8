public import Foundation
public import Logging
public import MailingList
import NIOConcurrencyHelpers

/// Raises and clears the alarm that the engine, a list's key or the store fails.
///
/// Each failure raises it. It is cleared when the last failing list works again. An
/// alarm from before the start of the daemon is cleared at the first success.
public final class EngineAlarm: Sendable {
    private struct State {
        var failing: Set<MailingList.ID> = []
        var isRaised = true
    }

    private let store: any ListStore
    private let alarms: Alarms
    private let state = NIOLockedValueBox(State())

    /// Makes an alarm that is recorded in this store.
    public convenience init(
        store: any ListStore,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.init(store: store, alarms: Alarms(store: store, clock: clock, logger: logger))
    }

    /// Makes an alarm that is one of these.
    public init(store: any ListStore, alarms: Alarms) {
        self.store = store
        self.alarms = alarms
    }

    /// Records a failure for a list, and raises the alarm.
    func failed(_ list: MailingList.ID, detail: String) {
        state.withLockedValue { state in
            state.failing.insert(list)
            state.isRaised = true
        }
        alarms.raise(.engine, detail: detail)
    }

    /// Records a success for a list, and clears the alarm if no other list fails.
    func worked(_ list: MailingList.ID) {
        let others = state.withLockedValue { state in
            state.failing.remove(list)
            return state.failing
        }
        // A deleted list fails no more. A list that the store cannot look up still counts.
        let gone = others.filter { id in
            do { return try store.list(id) == nil } catch { return false }
        }
        let isOver = state.withLockedValue { state in
            state.failing.subtract(gone)
            guard state.isRaised, state.failing.isEmpty else { return false }
            state.isRaised = false
            return true
        }
        guard isOver else { return }
        if !alarms.clear(.engine) { state.withLockedValue { $0.isRaised = true } }
    }
}
