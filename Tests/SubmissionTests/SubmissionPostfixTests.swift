import Foundation
import Logging
import NIOCore
import SMTP
import TestSupport
import Testing

@testable import Submission

@Suite("Sessions with Postfix's smtpd(8)", .serialized)
struct SubmissionPostfixTests {
    private static let logger = Logger(label: "submission")

    private func isAccepted(_ outcome: SubmissionOutcome) -> Bool {
        if case .accepted = outcome { true } else { false }
    }

    @Test("A refused recipient does not affect the others")
    func refusedRecipient() async throws {
        try await LoopbackPostfix.run { postfix in
            let session = try await SubmissionSession.connect(
                to: postfix.wayBack,
                logger: Self.logger
            )
            var messages = SubmissionMessage.samples(0..<6)
            // Postfix refuses unknown users of this domain at RCPT.
            for index in [0, 2, 3, 5] {
                let recipient = try #require(EmailAddress("nobody\(index)@closed.example"))
                messages[index] = .sample(Int64(index), to: recipient)
            }
            for _ in 1...2 {
                let results = await session.send(messages)
                let refused = results.filter { result in
                    if case .refused(let reply, .recipient) = result.outcome {
                        reply.code == 550 && reply.enhanced == EnhancedStatusCode(5, 1, 1)
                    } else {
                        false
                    }
                }
                #expect(refused.map(\.id) == [0, 2, 3, 5])
                #expect(results.filter { isAccepted($0.outcome) }.map(\.id) == [1, 4])
            }
            await session.quit()
        }
    }

    @Test("An idle session that Postfix closed is replaced, and no message is lost")
    func idle() async throws {
        try await LoopbackPostfix.run { postfix in
            let session = try await SubmissionSession.connect(
                to: postfix.briefWayBack,
                logger: Self.logger
            )
            for round in Int64(0)..<2 {
                let results = await session.send(
                    SubmissionMessage.samples(round * 5..<round * 5 + 5)
                )
                #expect(results.map(\.id) == Array(round * 5..<round * 5 + 5))
                #expect(results.allSatisfy { isAccepted($0.outcome) })
                while await session.isUsable { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(postfix.log.contains("timeout after END-OF-MESSAGE"))
        }
    }

    @Test("An address that is not ASCII, a quoted one, and every DSN parameter pass")
    func parameters() async throws {
        try await LoopbackPostfix.run { postfix in
            let session = try await SubmissionSession.connect(
                to: postfix.wayBack,
                logger: Self.logger
            )
            let addresses = [
                "t\u{e4}st+x@out.example", "\"a >\\\\b\"@out.example", "a+b=c@out.example",
            ]
            let messages = try addresses.enumerated().map { index, text in
                SubmissionMessage.sample(
                    Int64(index),
                    to: try #require(EmailAddress(text)),
                    envelopeID: "post+=\(index) x"
                )
            }
            let results = await session.send(messages)
            #expect(results.allSatisfy { isAccepted($0.outcome) }, "\(results)")
            await session.quit()
            try await postfix.until("all deliveries") {
                postfix.count("status=sent") >= 3
            }
        }
    }
}
