public import Foundation
public import Logging
public import MailingList
import NIOConcurrencyHelpers

/// The alarm that the engine, a list's key or the store fails: raised at each failure,
/// ended when the last list that had one works again.
///
/// What was raised before the daemon started ends with its first success.
public final class EngineAlarm: Sendable {
    private struct State {
        var failing: Set<MailingList.ID> = []
        var isRaised = true
    }

    private let store: any ListStore
    private let clock: @Sendable () -> Date
    private let logger: Logger
    private let state = NIOLockedValueBox(State())

    /// Raises it in this store.
    public init(store: any ListStore, clock: @escaping @Sendable () -> Date, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Something of a list failed.
    func failed(_ list: MailingList.ID, detail: String) {
        state.withLockedValue { state in
            state.failing.insert(list)
            state.isRaised = true
        }
        do {
            try store.raise(.engine, detail: detail, now: clock())
        } catch {
            logger.critical("the store does not take an alarm: \(error)")
        }
    }

    /// The engine, the key and the store did for a list what they should.
    func worked(_ list: MailingList.ID) {
        let others = state.withLockedValue { state in
            state.failing.remove(list)
            return state.failing
        }
        // One that was deleted fails no more; of one that cannot be looked up nobody knows.
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
        do {
            try store.clear(.engine)
        } catch {
            state.withLockedValue { $0.isRaised = true }
            logger.warning("cannot end an alarm: \(error)")
        }
    }
}
