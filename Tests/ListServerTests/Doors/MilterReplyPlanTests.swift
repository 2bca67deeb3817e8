import MailingList
import SMTP
import Testing

@testable import ListServer

@Suite
struct MilterReplyPlanTests {
    private func plan(
        _ outcomes: [Outcome],
        isMixed: Bool
    ) throws -> MilterReplyPlan {
        let roles = try outcomes.indices.map { index in
            ListRecipient(
                list: try TransactionTests.list("l\(index)@lists.test", id: Int64(index)),
                role: .posting,
                bounced: nil
            )
        }
        return MilterReplyPlan(
            recipients: roles.enumerated().map { ("<\($0.offset)>", [$0.element]) },
            outcomes: Dictionary(uniqueKeysWithValues: zip(roles, outcomes)),
            isMixed: isMixed
        )
    }

    private let refused = Outcome.refused(
        .unsigned,
        detail: "",
        provenAuthor: nil
    )
    private let postponed = Outcome.postponed(.failure, detail: "")

    @Test("what was all ours and is taken is discarded")
    func allTaken() throws {
        #expect(
            try plan(
                [.accepted(copies: 1, detail: ""), .accepted(copies: 1, detail: "")],
                isMixed: false
            ).answer == .discard
        )
    }

    @Test("what was all ours and is refused is refused in the dialogue")
    func allRefused() throws {
        let plan = try plan([refused, refused], isMixed: false)
        #expect(plan.answer == .reply(Refusal.unsigned.reply))
        #expect(plan.tellsRefusals)
    }

    @Test("a list that is taken leaves the message, and the other's refusal waits for the gate")
    func taken1Refused1() throws {
        let plan = try plan([.accepted(copies: 1, detail: ""), refused], isMixed: false)
        #expect(plan.answer == .proceed(deleting: ["<0>"]))
        #expect(!plan.tellsRefusals)
    }

    @Test("a failure of ours is 451 for a message that was all ours")
    func failed() throws {
        let plan = try plan([.accepted(copies: 1, detail: ""), postponed], isMixed: false)
        #expect(plan.answer == .reply(.failure))
    }

    @Test("beside ordinary recipients nothing of ours stops the message")
    func mixed() throws {
        #expect(
            try plan([.accepted(copies: 1, detail: ""), refused, postponed], isMixed: true).answer
                == .proceed(deleting: ["<0>"])
        )
    }
}
