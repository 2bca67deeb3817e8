import MIME
import SMTP
import Testing

@Suite("Mailboxes and address lists") struct MailboxTests {
    @Test(
        "address lists are flattened to mailboxes",
        arguments: [
            ("anne@example.org", ["-|anne@example.org"]),
            ("<anne@example.org>", ["-|anne@example.org"]),
            ("Anne Q. Public <anne@example.org>", ["Anne Q. Public|anne@example.org"]),
            ("\"Anne, \\\"x\\\"\" < anne@example.org >", ["Anne, \"x\"|anne@example.org"]),
            (
                "(a (nested \\) comment)) anne@example.org (Anne), bart@example.org",
                ["-|anne@example.org", "-|bart@example.org"]
            ),
            ("\"a b\"@example.org", ["-|\"a b\"@example.org"]),
            ("=?utf-8?Q?M=C3=BCller=2C_A?= <a@b.c>", ["Müller, A|a@b.c"]),
            ("undisclosed-recipients:;", []),
            ("g: a@b.c, X <d@e.f>;, h@i.j", ["-|a@b.c", "X|d@e.f", "-|h@i.j"]),
            ("\"eve@x.org\" <anne@example.org>", ["eve@x.org|anne@example.org"]),
            ("=?utf-8?Q?=3Ceve=40x.org=3E?= <anne@example.org>", ["<eve@x.org>|anne@example.org"]),
        ]
    )
    func lists(_ value: String, _ expected: [String]) {
        let mailboxes = Mailbox.list(value)
        #expect(mailboxes?.map { "\($0.displayName ?? "-")|\($0.address)" } == expected)
    }

    @Test(
        "an ambiguous address list is refused",
        arguments: [
            "", "anne", "Anne anne@example.org", "anne@example.org bart@example.org",
            "anne@example.org,", ",anne@example.org", "anne@example.org,,bart@example.org",
            "anne(x)@example.org", "anne @example.org", "anne@ example.org", "<anne@example.org",
            "anne@example.org>", "<anne@example.org> x", "<@route:anne@example.org>", "<>",
            "anne@[127.0.0.1]", "anne@eve.org@example.org", "g: h: a@b.c;;", "g: a@b.c", "a@b.c;",
            "g: a@b.c,;", "\"anne@example.org", "anne@example.org (", "anne@example.org\\",
            "a\u{fffd}@example.org", "a@b.c\nBcc: x@y.z", "=?utf-8?Q?anne?=@example.org x",
        ]
    )
    func notUnderstood(_ value: String) {
        #expect(Mailbox.list(value) == nil)
    }

    @Test("a list of more mailboxes than the limit is refused")
    func limit() {
        let list = Array(repeating: "a@b.c", count: 1001)
        #expect(Mailbox.list(list.dropLast().joined(separator: ","))?.count == 1000)
        #expect(Mailbox.list(list.joined(separator: ",")) == nil)
    }

    @Test(
        "a display name is written so that no reader finds an address in it",
        arguments: [
            ("Anne via List", "Anne via List <list@example.org>"),
            ("Anne, A.", "\"Anne, A.\" <list@example.org>"),
            ("O\"Neil\\", "\"O\\\"Neil\\\\\" <list@example.org>"),
            (
                "anne@example.org via List",
                "=?utf-8?Q?anne=40example=2Eorg_via_List?= <list@example.org>"
            ),
            ("<x>", "=?utf-8?Q?=3Cx=3E?= <list@example.org>"),
            ("=?utf-8?Q?x?=", "=?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fx=3F=3D?= <list@example.org>"),
            ("Müller", "=?utf-8?Q?M=C3=BCller?= <list@example.org>"),
            ("a\r\nBcc: x@y.z", "=?utf-8?Q?a_Bcc=3A_x=40y=2Ez?= <list@example.org>"),
            (" \t ", "list@example.org"),
        ]
    )
    func writes(_ name: String, _ expected: String) throws {
        let address = try #require(EmailAddress("list@example.org"))
        let written = Mailbox(displayName: name, address: address).description
        #expect(written == expected)
        let read = try #require(Mailbox.list(written))
        #expect(read.map(\.address) == [address])
    }
}
