import Foundation
import MailingList

/// Decides when to ask a program again, and keeps the failures meanwhile.
struct StepSchedule: Sendable {
    /// The pause before the second request in seconds; each later pause is twice as long.
    static let firstPause: TimeInterval = 15
    /// The longest pause between two requests, in seconds.
    static let longestPause: TimeInterval = 900

    private struct Pause {
        let position: Int
        let next: Date
        let length: TimeInterval
        let failure: String?
    }

    private var pauses: [Workflow.ID: Pause] = [:]
    private var reported: String??

    /// Whether a program may be asked about a workflow now.
    func isDue(_ workflow: Workflow, at now: Date) -> Bool {
        guard let pause = pauses[workflow.id], pause.position == workflow.position else {
            return true
        }
        return pause.next <= now
    }

    /// The due workflows; those never asked about, or asked about longest ago, come first.
    func due(_ waiting: [Workflow], at now: Date) -> [Workflow] {
        let due: [Workflow] = waiting.filter { isDue($0, at: now) }
        return due.sorted { (left: Workflow, right: Workflow) -> Bool in
            let (first, second) = (lastAsked(left), lastAsked(right))
            return first == second ? left.id < right.id : first < second
        }
    }

    private func lastAsked(_ workflow: Workflow) -> Date {
        guard let pause = pauses[workflow.id], pause.position == workflow.position else {
            return .distantPast
        }
        return pause.next.addingTimeInterval(-pause.length)
    }

    /// Records that the program has not decided, and doubles the pause.
    mutating func postpone(_ workflow: Workflow, at now: Date, failure: String?) {
        let last = pauses[workflow.id].flatMap { $0.position == workflow.position ? $0 : nil }
        let length = last.map { min($0.length * 2, Self.longestPause) } ?? Self.firstPause
        pauses[workflow.id] = Pause(
            position: workflow.position,
            next: now.addingTimeInterval(length),
            length: length,
            failure: failure
        )
    }

    /// Forgets all workflows but those that still wait.
    mutating func forgetAll(but waiting: [Workflow]) {
        let waiting = Set(waiting.map(\.id))
        pauses = pauses.filter { waiting.contains($0.key) }
    }

    /// The current failure, if it differs from the last call; nil if it does not.
    ///
    /// A result of `.some(nil)` means that there is no failure any more.
    mutating func changedFailure() -> String?? {
        let failure = pauses.values.lazy.compactMap(\.failure).min()
        guard reported != .some(failure) else { return nil }
        reported = .some(failure)
        return .some(failure)
    }
}
