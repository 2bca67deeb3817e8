import Foundation
import MailingList
import OpenPGP
import SMTP
import Testing

@testable import ListServer

@Suite
struct TransactionTests {
    static func list(
        _ address: String = "team@lists.test",
        id: Int64 = 1,
        limit: Int = 1000
    )
        throws -> MailingList
    {
        var settings = ListSettings()
        settings.maximumMessageSize = limit
        return MailingList(
            id: id,
            address: try #require(EmailAddress(address)),
            key: MailingList.Key(
                fingerprint: try #require(
                    Fingerprint(hex: "0123456789ABCDEF0123456789ABCDEF01234567")
                )
            ),
            created: Date(timeIntervalSince1970: 0),
            settings: settings
        )
    }

    static func role(_ role: ListRole, _ list: MailingList) -> ListDirectory.Resolution {
        .role([ListRecipient(list: list, role: role, bounced: nil)])
    }

    @Test("mail without a list recipient is waved through at DATA and not before")
    func ordinary() {
        var transaction = Transaction(reversePath: .null)
        #expect(transaction.recipient("<a@b>", .ordinary, mayRefuse: true) == .proceed)
        #expect(transaction.data() == .waveThrough)
    }

    @Test("a mixed transaction is read to its end")
    func mixed() throws {
        var transaction = Transaction(reversePath: .null)
        #expect(transaction.recipient("<a@b>", .ordinary, mayRefuse: true) == .proceed)
        let posting = Self.role(.posting, try Self.list())
        #expect(transaction.recipient("<team@lists.test>", posting, mayRefuse: true) == .proceed)
        #expect(transaction.data() == .proceed)
        #expect(transaction.hasOrdinaryRecipients)
        #expect(transaction.roles.count == 1)
    }

    @Test("the same list by two spellings is one role with two arguments")
    func spellings() throws {
        var transaction = Transaction(reversePath: .null)
        let posting = Self.role(.posting, try Self.list())
        _ = transaction.recipient("<team@lists.test>", posting, mayRefuse: true)
        _ = transaction.recipient("<TEAM@lists.test>", posting, mayRefuse: true)
        #expect(transaction.roles.count == 1)
        #expect(
            transaction.recipients.map(\.argument) == ["<team@lists.test>", "<TEAM@lists.test>"]
        )
    }

    @Test("an unknown address is refused by SMTP, and never in local submission")
    func unknown() {
        var transaction = Transaction(reversePath: .null)
        let refused = transaction.recipient("<x>", .unknown, mayRefuse: true)
        #expect(refused == .reply(Refusal.unknownAddress.reply))
        #expect(transaction.recipient("x", .unknown, mayRefuse: false) == .proceed)
    }

    @Test("a message keeps its exact bytes, and folds become CRLF")
    func bytes() throws {
        var transaction = Transaction(reversePath: .null)
        _ = transaction.recipient("<x>", Self.role(.posting, try Self.list()), mayRefuse: true)
        _ = transaction.header(name: Array("Subject".utf8), value: Array("  a\n\tb ".utf8))
        _ = transaction.header(name: Array("X".utf8), value: Array("y".utf8))
        _ = transaction.body(Array("one\r\n".utf8))
        _ = transaction.body(Array("two\r\n".utf8))
        let message = transaction.message()
        #expect(
            String(decoding: message.bytes, as: UTF8.self)
                == "Subject:  a\r\n\tb \r\nX:y\r\n\r\none\r\ntwo\r\n"
        )
        #expect(String(decoding: message.body, as: UTF8.self) == "one\r\ntwo\r\n")
    }

    @Test("a body above the largest limit is skipped and its size stays above it")
    func tooLarge() throws {
        var transaction = Transaction(reversePath: .null)
        _ = transaction.recipient("<x>", Self.role(.posting, try Self.list()), mayRefuse: true)
        #expect(transaction.body([UInt8](repeating: 65, count: 900)) == .proceed)
        #expect(transaction.body([UInt8](repeating: 65, count: 101)) == .skip)
        #expect(transaction.message().size > 1000)
        #expect(transaction.message().body.isEmpty)
    }

    @Test("a message for which there is no memory is not kept, and its body not read")
    func givenUp() throws {
        var transaction = Transaction(reversePath: .null)
        let list = try Self.list(limit: 1_000_000)
        _ = transaction.recipient("<x>", Self.role(.posting, list), mayRefuse: true)
        #expect(transaction.body([UInt8](repeating: 65, count: 90_000)) == .proceed)
        #expect(transaction.heldOctets >= 90_000)
        transaction.giveUp()
        #expect(transaction.heldOctets == 0 && transaction.isGivenUp)
        #expect(transaction.body([65]) == .skip)
    }

    @Test("a header above its limit is not kept, whatever the list takes")
    func headerFlood() throws {
        var transaction = Transaction(reversePath: .null)
        let list = try Self.list(limit: 100_000_000)
        _ = transaction.recipient("<x>", Self.role(.posting, list), mayRefuse: true)
        for _ in 0..<40 {
            _ = transaction.header(name: [65], value: [UInt8](repeating: 66, count: 60_000))
        }
        #expect(transaction.message().bytes.count <= Transaction.maximumHeaderSize + 2)
        #expect(transaction.message().size > 100_000_000)
    }

    @Test("more list recipients than the limit get 452")
    func tooMany() throws {
        var transaction = Transaction(reversePath: .null)
        for index in 0..<Transaction.maximumListRecipients {
            let list = try Self.list("l\(index)@lists.test", id: Int64(index))
            let answer = transaction.recipient(
                "<\(index)>",
                Self.role(.posting, list),
                mayRefuse: true
            )
            #expect(answer == .proceed)
        }
        let list = try Self.list("last@lists.test", id: 9999)
        guard
            case .reply(let reply) =
                transaction.recipient("<last>", Self.role(.posting, list), mayRefuse: true)
        else {
            Issue.record("it was taken")
            return
        }
        #expect(reply.code == 452)
    }
}
