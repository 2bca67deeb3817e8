package import Foundation
package import ListServer
import MailingList

/// What became of one message, as the log has it.
package struct LoggedOutcome: Sendable, Encodable {
    /// When it was decided.
    package let time: Date
    /// The reference: the queue id.
    package let reference: String
    /// Where the message was judged: `milter` or `gate`.
    package let door: String
    /// The posting address.
    package let list: String
    /// Which of the list's addresses it was for.
    package let role: String
    /// What became of it, in a word.
    package let outcome: String
    /// The reason of a refusal, by its name.
    package let refusal: String?
    /// What was found, in words.
    package let detail: String
    /// What the reason means, in a sentence.
    package let explanation: String?

    /// Finds what became of the message with a reference.
    ///
    /// Throws ``ActFailure`` of kind `notFound`, and what the file system throws.
    package static func find(
        _ reference: String,
        in state: StateDirectory
    ) throws -> ActResult<[LoggedOutcome]> {
        let found = try OutcomeLog(path: state.decisions).decisions(reference: reference)
        guard !found.isEmpty else {
            throw ActFailure(
                .notFound,
                "the log has nothing about \(reference)",
                hint: "the log goes some weeks back; is this the state directory of the daemon "
                    + "that answered?"
            )
        }
        return ActResult(found.map(LoggedOutcome.init))
    }

    private init(_ entry: LogEntry) {
        time = entry.time
        reference = entry.reference
        door = entry.door
        list = entry.list
        role = entry.role
        outcome = entry.outcome.rawValue
        refusal = entry.refusal
        detail = entry.detail
        explanation = entry.refusal.flatMap(Refusal.init(rawValue:)).map(\.explanation)
    }
}
