import Logging
import SMTP

/// What is kept for one connection of the MTA: its session and answers due.
///
/// The MTA does not wait for an answer to every event (``MilterNegotiation``).
/// What a session answers to one of those is kept here, and given at the next
/// event with an answer. Without a session every answer is a temporary failure.
final class MilterConnection {
    private let filter: MilterFilter
    private var session: (any MilterSession)?
    /// Holds for each message of the connection.
    private var standingAnswer: MilterStatus?
    /// Holds for this message.
    private var dueAnswer: MilterStatus?
    private var isSkipping = false

    init(filter: MilterFilter) {
        self.filter = filter
    }

    func connected(_ peer: MilterPeer) {
        session?.closed()
        let session = filter.makeSession()
        self.session = session
        standingAnswer = Self.decision(session.connected(peer))
    }

    func mailFrom(_ argument: String, parameters: [String], macros: MilterMacros) {
        dueAnswer = standingAnswer
        isSkipping = false
        keep { $0.mailFrom(argument, parameters: parameters, macros: macros) }
    }

    func recipient(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        answer { $0.recipient(argument, parameters: parameters, macros: macros) }
    }

    func data(macros: MilterMacros) -> MilterStatus {
        answer { $0.data(macros: macros) }
    }

    func header(name: [UInt8], value: [UInt8]) {
        keep { $0.header(name: name, value: value) }
    }

    func endOfHeaders() {
        keep { $0.endOfHeaders() }
    }

    /// Takes a closure, so that octets that nobody wants are not copied.
    func body(_ chunk: () -> [UInt8]) {
        guard !isSkipping else { return }
        keep { session in
            let status = session.body(chunk())
            isSkipping = status == .skip
            return status
        }
    }

    func endOfMessage(_ actions: MilterMessageActions, macros: MilterMacros) -> MilterStatus {
        defer { actions.invalidate() }
        return filter.answers.owing {
            answer { $0.endOfMessage(actions, macros: macros) }
        } ?? .temporaryFailure
    }

    func aborted() {
        session?.aborted()
    }

    func closed() {
        session?.closed()
        session = nil
    }

    private func keep(_ event: (any MilterSession) -> MilterStatus) {
        guard dueAnswer == nil, let session else { return }
        dueAnswer = Self.decision(event(session))
    }

    private func answer(_ event: (any MilterSession) -> MilterStatus) -> MilterStatus {
        guard let session else { return .temporaryFailure }
        return dueAnswer ?? event(session)
    }

    /// The status if it ends the message, nil if the message goes on.
    private static func decision(_ status: MilterStatus) -> MilterStatus? {
        switch status {
        case .continue, .skip: nil
        case .accept, .discard, .reject, .temporaryFailure, .reply: status
        }
    }
}
