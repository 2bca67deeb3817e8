import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Ten thousand people who have not answered yet.
@Suite struct WorkflowLoadTests {
    @Test("a command finds its own workflow among ten thousand that wait")
    func many() throws {
        let bench = try OpenerBench()
        let runner = WorkflowRunner(list: bench.list, now: OpenerBench.now, answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let steps = try #require(StepName.list("key-set, key-confirm, moderate"))
        var tokens: [String] = []
        let changes = try (0..<10_000).flatMap { number in
            let transition = runner.begin(
                .subscription,
                of: try StoreSamples.address("person\(number)@people.test"),
                steps: steps,
                person: nil
            )
            tokens += transition.answers.compactMap { $0.text.values["token"]?.text(in: .english) }
            return transition.changes
        }
        try bench.store.carryOut(changes, answers: [], in: bench.list.id, now: OpenerBench.now)
        #expect(tokens.count == 10_000)
        let key = String(
            decoding: try TestKeyring("person7000").publicKey(armored: true),
            as: UTF8.self
        )
        // Signed answers cost the engine's time; what is left is ours.
        for (name, mail) in [
            ("subscribe", "From: new@people.test\r\nSubject: subscribe\r\n\r\n"),
            (
                "key set",
                "From: person7000@people.test\r\nSubject: Re: key set \(tokens[7000])\r\n\r\n"
                    + key.replacing("\n", with: "\r\n")
            ),
            (
                "key set, wrong",
                "From: a@b.test\r\nSubject: key set \(tokens[1].dropLast())a\r\n\r\n"
            ),
        ] {
            let judging = try JudgeBench(bench, role: .request)
            let clock = ContinuousClock()
            var judgement: JudgeBench.Judged?
            let all = clock.measure { judgement = judging.judge(Array(mail.utf8)) }
            let engine = try clock.measure {
                if case .accept = judgement {
                    _ = try bench.keys.keyring(of: bench.list).seal([1], signed: true)
                }
            }
            print("\(name): \(all), of which the engine's seal takes \(engine)")
            switch (name, judgement) {
            case ("key set, wrong", .refuse(.commandRefused, _, _)): continue
            case ("subscribe", .accept), ("key set", .accept): continue
            default: Issue.record("\(name): \(String(describing: judgement))")
            }
        }
    }
}
