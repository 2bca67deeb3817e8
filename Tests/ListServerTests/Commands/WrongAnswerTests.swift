import Foundation
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite("Wrong answers to a challenge")
struct WrongAnswerTests {
    @Test("a wrong answer counts once, even if the same mail comes again, and each mail is refused")
    func countsOnce() throws {
        let bench = try OpenerBench()
        let runner = WorkflowRunner(list: bench.list, now: OpenerBench.now, answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let begun = runner.begin(
            .subscription,
            of: try StoreSamples.address("anne@people.test"),
            steps: try #require(StepName.list("key-set, key-confirm, moderate")),
            person: nil
        )
        try bench.store.carryOut(
            begun.changes,
            answers: [],
            in: bench.list.id,
            now: OpenerBench.now
        )
        let texts = begun.answers.compactMap { $0.text.values["token"]?.text(in: .english) }
        let text = try #require(texts.first)
        let token = try #require(WorkflowToken(text))
        func failures() throws -> Int? {
            try bench.store.workflow(awaiting: token.digest)?.failures
        }
        // The workflow waits for a key, and not for a confirmation of the address.
        func mail(_ number: Int) -> [UInt8] {
            Array(
                """
                From: anne@people.test\r
                Message-ID: <\(number)@people.test>\r
                Subject: confirm \(text)\r
                \r\n
                """.utf8
            )
        }
        let judging = try JudgeBench(bench, role: .request)
        for _ in 0..<3 {
            guard case .refused(.commandRefused, _, _)? = judging.process(mail(1)) else {
                Issue.record("the answer was not refused")
                return
            }
            #expect(try failures() == 1)
        }
        _ = judging.process(mail(2))
        #expect(try failures() == 2)
    }
}
