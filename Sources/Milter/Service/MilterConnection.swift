import Logging
import SMTP

/// One connection of the MTA: its session, and the statuses not returned yet.
///
/// The MTA does not wait for a reply to every event (``MilterNegotiation``). This
/// type stores the status that a session returns for such an event, and returns it
/// at the next event that has a reply. Without a session it returns a temporary
/// failure.
final class MilterConnection {
    private let filter: MilterFilter
    private var session: (any MilterSession)?
    /// The status for every message of the connection; nil while messages continue.
    private var standingAnswer: MilterStatus?
    /// The status for the current message; nil while it continues.
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

    /// Gives a chunk to the session; `chunk` is a closure so that skipped octets are
    /// not copied.
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
