import Foundation
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What many recipients of one message cost.
@Suite("Work and recipients") struct RecipientTests {
    private func encrypted(_ bench: OpenerBench) throws -> [UInt8] {
        let entity = Array("Content-Type: text/plain\r\n\r\nhello\r\n".utf8)
        return bench.message(
            around: try bench.alice.encrypt(entity, to: [OpenerBench.listAddress], signed: false)
        )
    }

    @Test(
        "a message is opened once, to however many addresses for commands",
        arguments: DoorBench.Entrance.allCases
    )
    func openedOnce(door: DoorBench.Entrance) throws {
        let doors = try DoorBench(try OpenerBench())
        let message = try encrypted(doors.bench)
        // The first one also lists the keys of the list.
        _ = try doors.send(message, to: ["list-confirm+a@lists.test"], by: door)
        let one = try doors.send(message, to: ["list-confirm+a@lists.test"], by: door)
        let names = (0..<Transaction.maximumCommandRecipients).map {
            "list-confirm+\($0)@lists.test"
        }
        let many = try doors.send(message, to: names, by: door)
        #expect(one.engineStarts > 0)
        #expect(many.engineStarts == one.engineStarts)
    }

    @Test("a message has five addresses for commands at most", arguments: [true, false])
    func limit(isSMTP: Bool) throws {
        var transaction = Transaction(reversePath: .null)
        let list = try TransactionTests.list()
        func add(_ role: ListRole) -> Transaction.Action {
            transaction.recipient(
                "<\(role)>",
                TransactionTests.role(role, list),
                mayRefuse: isSMTP
            )
        }
        for number in 0..<Transaction.maximumCommandRecipients {
            #expect(add(.confirm(token: "\(number)")) == .proceed)
        }
        // One that is there already is none more, and posts are no commands.
        #expect(add(.confirm(token: "0")) == .proceed)
        #expect(add(.posting) == .proceed)
        #expect(!transaction.hasOrdinaryRecipients)
        let action = add(.leave)
        #expect(action == (isSMTP ? .reply(.tooManyRecipients) : .proceed))
        // The gate takes the rest of a local submission.
        #expect(transaction.hasOrdinaryRecipients == !isSMTP)
    }

    @Test("the gate asks Postfix to bring more addresses for commands later")
    func gate() throws {
        let doors = try DoorBench(try OpenerBench())
        let names = (0..<8).map { "list-confirm+\($0)@lists.test" }
        let seen = try doors.send(try encrypted(doors.bench), to: names, by: .gate)
        #expect(seen.reply.split(separator: "452").count - 1 == 3)
    }

    @Test("mail to a domain's postmaster is sealed once for each owner, not for each list")
    func postmaster() throws {
        let bench = try OpenerBench()
        let store = bench.store
        let directory = ListDirectory(store: store)
        try store.setDedicatedDomains(["owned.test"])
        let certificate = try #require(
            try store.subscriber(at: StoreSamples.address(bench.alice.address), of: bench.list.id)?
                .certificate
        )
        func list(_ name: String, ownedBy owners: [String]) throws {
            let list = try store.createList(
                at: StoreSamples.address("\(name)@owned.test"),
                settings: ListSettings(),
                now: OpenerBench.now
            ) { _ in bench.list.fingerprint }
            for owner in owners {
                _ = try store.addSubscriber(
                    StoreSamples.address(owner),
                    roles: .owner,
                    certificate: owner.hasPrefix("keyless") ? nil : certificate,
                    token: try StoreSamples.token(Int.random(in: 10...1_000_000)),
                    to: list.id,
                    now: OpenerBench.now
                )
            }
        }
        func lists() throws -> [String] {
            guard
                case .role(let roles) = try directory.resolve(
                    StoreSamples.address("postmaster@owned.test")
                )
            else { return [] }
            return roles.map(\.list.address.localPart)
        }
        for number in 0..<5 { try list("l\(number)", ownedBy: ["keyless@people.test"]) }
        #expect(try lists().count == 5)
        for number in 5..<10 { try list("l\(number)", ownedBy: ["olga@people.test"]) }
        #expect(try lists() == ["l5"])
        try list("other", ownedBy: ["otto@people.test"])
        #expect(try Set(lists()) == ["l5", "other"])
    }
}
