import Foundation
import LMTP
import Logging
import MailingList
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite("Addresses at both doors")
struct AddressReadingTests {
    @Test("what the gate cannot read is unknown at the milter, and never ordinary mail")
    func unreadable() throws {
        let bench = try OpenerBench()
        let directory = ListDirectory(store: bench.store)
        let long = String(repeating: "x", count: 200)
        for local in [
            "\"list+a  b\"", "\"list-request+a  b\"", "list+\(long)", "\"list+a\tb\"",
            "\"LIST+a\u{1}\"", "list-bounces+\(long)",
        ] {
            #expect(try directory.resolve(recipient: "\(local)@lists.test") == .unknown, "\(local)")
        }
        // What both can read is the list's.
        for local in ["list", "list+x", "\"list+a b\"", "\"list+ \"", "\"list+a\\\\\"", "\"list\""]
        {
            guard case .role = try directory.resolve(recipient: "\(local)@lists.test") else {
                Issue.record("\(local) is not the list's")
                continue
            }
        }
        // In a domain of other people's, their mail is theirs.
        let theirs = [
            "\"anne+a  b\"", "anne+\(long)", long, "\"a  b\"", "\"li\\\"st\"", "\"list  x+y\"",
            "postmaster",
        ]
        for local in theirs {
            #expect(
                try directory.resolve(recipient: "\(local)@lists.test") == .ordinary,
                "\(local)"
            )
        }
        for text in ["", "list", "list+\(long)@people.test", "@", "list@"] {
            #expect(try directory.resolve(recipient: text) == .ordinary, "\(text)")
        }
        try bench.store.setDedicatedDomains(["lists.test"])
        for local in ["\"a  b\"", long, "anne+\(long)"] {
            #expect(try directory.resolve(recipient: "\(local)@lists.test") == .unknown, "\(local)")
        }
    }

    @Test(
        "the gate refuses nothing that could become a bounce to a stranger",
        arguments: [
            "unreadable address", "unknown address", "message that is too large",
            "foreign domain",
        ]
    )
    func gate(_ fault: String) throws {
        let bench = try OpenerBench()
        let judging = try JudgeBench(bench)
        let handler = GateHandler(
            directory: ListDirectory(store: bench.store),
            processor: MessageProcessor(
                store: bench.store,
                road: judging.road,
                clock: { OpenerBench.now },
                committed: {}
            ),
            record: judging.record,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let address: EmailAddress? =
            switch fault {
            case "unreadable address": nil
            case "unknown address": try StoreSamples.address("none=lists.test@listseal.invalid")
            case "foreign domain": try StoreSamples.address("anne@people.test")
            default: bench.list.address
            }
        var (remote, local) = (LMTPClient(), LMTPClient())
        remote.address = "192.0.2.9"
        local.queueID = "ABCDEFG"
        var codes: [Int] = []
        for client in [remote, local] {
            let recipient = Envelope.Recipient(argument: "<x>", address: address)
            var reply = handler.recipient(address, argument: "<x>", client: client)
            if reply.code == 250 {
                let message = LMTPMessage(
                    client: client,
                    envelope: Envelope(
                        reversePath: .address(try StoreSamples.address("fritz@people.test")),
                        recipients: [recipient]
                    ),
                    bytes: Array("From: a@people.test\r\n\r\nx\r\n".utf8),
                    size: 200_000_000
                )
                reply = try #require(handler.message(message).first)
            }
            codes.append(reply.code)
        }
        // Nobody loses mail that is not the lists': Postfix keeps it.
        let expected = fault == "foreign domain" ? 451 : 250
        #expect(codes == [expected, fault == "message that is too large" ? 552 : 550])
    }
}
