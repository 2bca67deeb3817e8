import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// What receipts and claims depend on, and what they must not depend on.
@Suite struct DigestTests {
    private static func makeList(_ address: String) -> MailingList? {
        EmailAddress(address).flatMap { address in
            (try? StoreSamples.fingerprint(1)).map { fingerprint in
                MailingList(
                    id: 1,
                    address: address,
                    key: MailingList.Key(fingerprint: fingerprint),
                    created: StoreSamples.start,
                    settings: ListSettings()
                )
            }
        }
    }

    private func receipt(
        _ body: String,
        messageID: String? = "<1@x>",
        role: ListRole = .posting,
        list address: String = "a@lists.example"
    ) throws -> Receipt {
        Receipt(
            list: try #require(Self.makeList(address)),
            role: role,
            messageID: messageID,
            body: Array(body.utf8)
        )
    }

    @Test(
        "the two doors' line ends make the same receipt",
        arguments: [
            "one\ntwo\n", "one\r\ntwo\r\n", "one\ntwo", "one\r\ntwo\r\n\r\n", "one\r\ntwo\n\n\n",
        ]
    )
    func lineEnds(body: String) throws {
        #expect(try receipt(body) == receipt("one\r\ntwo\r\n"))
    }

    @Test("an empty body, and one of line ends only, are the same")
    func empty() throws {
        #expect(try receipt("") == receipt("\r\n\r\n"))
    }

    @Test("everything else makes another receipt")
    func different() throws {
        let receipts = [
            try receipt("one\ntwo"), try receipt("one\n\ntwo"), try receipt("\none\ntwo"),
            try receipt("one\ntwo "), try receipt("onetwo"),
            try receipt("one\ntwo", messageID: "<2@x>"), try receipt("one\ntwo", messageID: nil),
            try receipt("one\ntwo", role: .owner), try receipt("one\ntwo", role: .request),
            try receipt("one\ntwo", list: "b@lists.example"),
        ]
        #expect(Set(receipts).count == receipts.count)
        #expect(receipts.allSatisfy { $0.digest.count == 32 })
    }

    @Test("neither the token of a role nor the case of the list makes another receipt")
    func same() throws {
        #expect(
            try receipt("x", role: .bounces(token: "a")) == receipt("x", role: .bounces(token: "b"))
        )
        #expect(try receipt("x", list: "A@LISTS.example") == receipt("x"))
    }

    private func claim(
        _ content: String,
        primary: Int = 1,
        signed: Date = StoreSamples.start,
        list address: String = "a@lists.example"
    ) throws -> SignatureClaim {
        SignatureClaim(
            list: try #require(Self.makeList(address)),
            primary: try StoreSamples.fingerprint(primary),
            signed: signed,
            content: Array(content.utf8)
        )
    }

    @Test(
        "what a stranger can add to a text signature makes the same claim",
        arguments: ["one\ntwo\n", "one\r\ntwo\r\n", "one\r\r\r\ntwo\n", "one\u{0}\ntwo\r\u{0}\n"]
    )
    func malleable(content: String) throws {
        #expect(try claim(content) == claim("one\ntwo\n"))
    }

    @Test("the time of a signature counts in whole seconds, as it is signed")
    func seconds() throws {
        #expect(
            try claim("x", signed: StoreSamples.start.addingTimeInterval(0.4)).digest
                == claim("x").digest
        )
    }

    @Test("other content, time, key or list is another claim")
    func differentClaims() throws {
        let claims = [
            try claim("one\ntwo\n"), try claim("one\ntwo"), try claim("one two\n"),
            try claim("one\ntwo\n", primary: 2),
            try claim("one\ntwo\n", signed: StoreSamples.time(1)),
            try claim("one\ntwo\n", list: "b@lists.example"),
        ]
        #expect(Set(claims.map(\.digest)).count == claims.count)
    }

    @Test("a claim is kept for a day longer than its signature is fresh")
    func expiry() throws {
        #expect(try claim("x").expires(maximumAge: 100) == StoreSamples.time(100 + 86_400))
    }
}
