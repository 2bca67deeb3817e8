import Testing

@testable import Milter

/// Tests the actions on a message, and the count of pending replies.
@Suite("Milter actions and pending replies")
struct ActionsTests {
    private let journal = Journal()

    private var connection: MilterConnection {
        MilterConnection(
            filter: MilterFilter(
                makeSession: { [journal] in ScriptedSession(journal: journal) },
                logger: MilterHost.logger
            )
        )
    }

    private func actions(isThere: Bool = true) -> MilterMessageActions {
        MilterMessageActions(
            queueID: "4XYZ",
            progress: { isThere },
            deleteRecipient: { _ in isThere }
        )
    }

    @Test("Actions fail after the end of the message")
    func kept() {
        let (connection, actions) = (connection, actions())
        connection.connected(MilterPeer(hostName: "kept", address: nil, port: nil))
        connection.mailFrom("<>", parameters: ["PROGRESS=1"], macros: MilterMacros())
        #expect(connection.endOfMessage(actions, macros: MilterMacros()) == .continue)
        #expect(journal.events(of: "kept").last == .progress(true))
        #expect(actions.queueID == "4XYZ")
        #expect(!actions.progress())
        #expect(throws: MilterError.outsideEndOfMessage) {
            try actions.deleteRecipient("<a@example.org>")
        }
    }

    @Test("deleteRecipient throws if the MTA cannot be told")
    func notDeleted() {
        #expect(throws: MilterError.recipientNotDeleted) {
            try actions(isThere: false).deleteRecipient("<a@example.org>")
        }
    }

    @Test("Without a session every reply is a temporary failure")
    func noSession() {
        let connection = connection
        let none = MilterMacros()
        connection.mailFrom("<>", parameters: [], macros: none)
        #expect(connection.recipient("<a>", parameters: [], macros: none) == .temporaryFailure)
        #expect(connection.data(macros: none) == .temporaryFailure)
        #expect(connection.endOfMessage(actions(), macros: none) == .temporaryFailure)
    }

    @Test("No reply starts after shutdown has waited for the last one")
    func settled() {
        let answers = PendingReplies()
        #expect(answers.owing { .discard } == .discard)
        #expect(answers.settle(within: .seconds(30)) == 0)
        #expect(answers.owing { .discard } == nil)
    }

    @Test("Shutdown reports the replies that are still pending at its limit")
    func overdue() {
        let answers = PendingReplies()
        let answer = answers.owing {
            #expect(answers.settle(within: .milliseconds(20)) == 1)
            return .reject
        }
        #expect(answer == .reject)
    }
}
