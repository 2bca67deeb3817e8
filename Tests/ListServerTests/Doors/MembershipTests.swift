import Foundation
import MailingList
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Who is on a list is nobody's business: what a stranger sees of a mail in somebody's name.
@Suite("Who is on a list") struct MembershipTests {
    @Test(
        "reply, outcome and work are the same in the name of a subscriber and of a stranger",
        arguments: DoorBench.Entrance.allCases
    )
    func same(door: DoorBench.Entrance) throws {
        let bench = try MembershipBench()
        for command in MembershipBench.commands {
            let attachments =
                command.takesKey ? MembershipBench.Attachment.allCases : [.none]
            for attachment in attachments {
                let seen = try bench.pair(of: command, attachment).map {
                    try bench.doors.send($0.bytes, to: $0.recipients, by: door)
                }
                let comment = Comment(rawValue: "\(command.testDescription), \(attachment)")
                #expect(seen[0] == seen[1], comment)
                // No input is our failure.
                #expect(!seen[0].reply.contains("451"), comment)
                #expect(!seen[0].logged.hasPrefix("postponed"), comment)
            }
        }
        let alarms = try bench.doors.bench.store.status(now: Date()).alarms
        #expect(alarms.isEmpty)
    }

    @Test("so are they for the subscriber's own key, which everybody can have")
    func ownKey() throws {
        let doors = try DoorBench(try OpenerBench())
        let key = String(
            decoding: try doors.bench.alice.publicKey(armored: true),
            as: UTF8.self
        ).replacing("\n", with: "\r\n")
        // The keys of the list are read once.
        let first = try doors.send(
            Array("From: bob@people.test\r\nSubject: help\r\n\r\n".utf8),
            to: ["list-request@lists.test"],
            by: .milter
        )
        #expect(first.engineStarts > 1)
        for (number, command) in ["key revoke", "key update"].enumerated() {
            let seen = try [doors.bench.alice.address, "nobody@people.test"].map { address in
                try doors.send(
                    Array(
                        """
                        From: \(address)\r
                        Message-ID: <\(number)@people.test>\r
                        Subject: \(command)\r
                        \r
                        \(key)
                        """.utf8
                    ),
                    to: ["list-request@lists.test"],
                    by: .milter
                )
            }
            #expect(seen[0] == seen[1], Comment(rawValue: command))
        }
    }

    @Test(
        "a token wears out after five keys that cannot be read, however they are broken",
        arguments: [HostileCertificate.damagedSubkey, .unknownVersion, .burn]
    )
    func token(shape: HostileCertificate) throws {
        let doors = try DoorBench(try OpenerBench())
        let bench = doors.bench
        let token = try bench.invitation(of: "anne@people.test")
        let bytes = try shape.bytes()
        for number in 1...Workflow.maximumFailures + 1 {
            #expect(try bench.store.workflow(awaiting: token.digest) != nil)
            let seen = try doors.send(
                MembershipTests.keySet(token, bytes, number),
                to: ["list-request@lists.test"],
                by: .milter
            )
            #expect(seen.reply == "discard")
            #expect(seen.logged.hasPrefix("accepted"))
        }
        #expect(try bench.store.workflow(awaiting: token.digest) == nil)
        #expect(try bench.store.status(now: Date()).alarms.isEmpty)
    }

    private static func keySet(
        _ token: WorkflowToken,
        _ key: [UInt8],
        _ number: Int
    ) -> [UInt8] {
        Array(
            ("From: anne@people.test\r\nMessage-ID: <\(number)@people.test>\r\n"
                + "Subject: key set \(token)\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: application/pgp-keys\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n").utf8
        ) + Array(Data(key).base64EncodedData(options: .lineLength76Characters)) + [13, 10]
    }
}

extension OpenerBench {
    /// A token that asks somebody for their key.
    fileprivate func invitation(of address: String) throws -> WorkflowToken {
        let runner = WorkflowRunner(list: list, now: Date(), answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let begun = runner.begin(
            .subscription,
            of: try StoreSamples.address(address),
            steps: try #require(StepName.list("key-set, key-confirm, moderate")),
            person: nil
        )
        try store.carryOut(begun.changes, answers: [], in: list.id, now: Date())
        let text = begun.answers.compactMap { $0.text.values["token"]?.text(in: .english) }.first
        return try #require(text.flatMap { WorkflowToken($0) })
    }
}
