import Foundation
import Milter

/// What the sessions of the shared milter were told, by client.
///
/// Behind a lock that the thread sanitizer sees: a Mutex is a futex, which on
/// Linux it does not.
final class Journal: @unchecked Sendable {
    enum Event: Hashable {
        case connected(MilterPeer)
        case mail(String, [String], MilterMacros)
        case recipient(String, [String], MilterMacros)
        case data(MilterMacros)
        case header([UInt8], [UInt8])
        case endOfHeaders
        case body(Int)
        case endOfMessage(queueID: String?, MilterMacros)
        case progress(Bool)
        case aborted
        case closed
        case freed
    }

    private struct State {
        var events: [String: [Event]] = [:]
        var openGates: Set<String> = []
    }

    private let lock = NSLock()
    private var state = State()

    func note(_ event: Event, of client: String) {
        lock.withLock { state.events[client, default: []].append(event) }
    }

    func events(of client: String) -> [Event] {
        lock.withLock { state.events[client, default: []] }
    }

    /// Waits for what another thread is about to do.
    func events(of client: String, until isThere: ([Event]) -> Bool) async throws -> [Event] {
        while true {
            let events = events(of: client)
            if isThere(events) { return events }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Lets the sessions go on that wait at this gate.
    func open(_ gate: String) {
        lock.withLock { _ = state.openGates.insert(gate) }
    }

    func isOpen(_ gate: String) -> Bool {
        lock.withLock { state.openGates.contains(gate) }
    }
}
