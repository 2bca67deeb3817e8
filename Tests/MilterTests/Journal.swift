import Foundation
import Milter
import NIOConcurrencyHelpers

/// Records the events of the shared milter's sessions, for each client.
final class Journal: Sendable {
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

    private let state = NIOLockedValueBox(State())

    func note(_ event: Event, of client: String) {
        state.withLockedValue { $0.events[client, default: []].append(event) }
    }

    func events(of client: String) -> [Event] {
        state.withLockedValue { $0.events[client, default: []] }
    }

    /// Waits until another thread has made a condition true.
    func events(of client: String, until isThere: ([Event]) -> Bool) async throws -> [Event] {
        while true {
            let events = events(of: client)
            if isThere(events) { return events }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Lets the sessions continue that wait at this gate.
    func open(_ gate: String) {
        state.withLockedValue { _ = $0.openGates.insert(gate) }
    }

    func isOpen(_ gate: String) -> Bool {
        state.withLockedValue { $0.openGates.contains(gate) }
    }
}
