import Milter
import SMTP
import TestSupport
import Testing

/// Tests what the milter asks of an MTA, and which MTAs it rejects.
@Suite("Milter negotiation")
struct NegotiationTests {
    @Test("The milter asks Postfix for exactly the actions and steps that it uses")
    func postfix() async throws {
        let client = try MTAClient(path: await MilterHost.path)
        try client.negotiate()
        #expect(client.agreed.version == 6)
        // SMFIF_DELRCPT, SMFIF_SETSYMLIST.
        #expect(client.agreed.actions == 0x108)
        // NOHELO, NOUNKNOWN, NR_HDR, NR_CONN, NR_MAIL, NR_EOH, NR_BODY, HDR_LEADSPC.
        #expect(client.agreed.steps == 0x1c_5182)
        #expect(
            client.requestedMacros == [
                0: ["{daemon_name}"],
                2: ["i", "{auth_authen}", "{mail_addr}"],
                3: ["i", "{rcpt_addr}"],
                4: ["i"],
                5: ["i"],
            ]
        )
    }

    @Test(
        "An MTA without a required action or step is rejected",
        arguments: [
            ("no leading space", MTAClient.Offer(version: 6, actions: 0x1ff, steps: 0xf_ffff)),
            ("no deletion", MTAClient.Offer(version: 6, actions: 0x1f7, steps: 0x1f_ffff)),
            ("no macro lists", MTAClient.Offer(version: 6, actions: 0xff, steps: 0x1f_ffff)),
            ("version 2", MTAClient.Offer(version: 2, actions: 0x3f, steps: 0x7f)),
            ("nothing at all", MTAClient.Offer(version: 6, actions: 0, steps: 0)),
        ]
    )
    func refused(_ what: String, offer: MTAClient.Offer) async throws {
        let client = try MTAClient(path: await MilterHost.path)
        #expect(throws: MilterSocket.Failure.closed) { try client.negotiate(offer) }
    }

    @Test("An MTA that waits for every reply gets every reply")
    func oldAnswers() async throws {
        let client = try MTAClient(path: await MilterHost.path)
        try client.negotiate(MTAClient.Offer(version: 6, actions: 0x1ff, steps: 0x10_0102))
        #expect(client.agreed.steps == 0x10_0102)
        let name = MilterHost.uniqueName("client")
        #expect(try client.connect(name, family: "U") == .continue)
        #expect(try client.mail("<a@example.org>", "AT=body", "DO=single") == .continue)
        #expect(try client.recipient("<list@example.org>") == .continue)
        #expect(try client.data() == .continue)
        #expect(try client.header("Subject", " x") == .continue)
        #expect(try client.endOfHeaders() == .continue)
        #expect(try client.body([0x41]) == .continue)
        #expect(try client.endOfMessage() == .reply("550 5.7.1 not here"))
    }

    @Test(
        "A session gets the client as the MTA describes it",
        arguments: [
            ("4", 25, "192.0.2.7", MilterPeer(hostName: "", address: "192.0.2.7", port: 25)),
            ("4", 0, "127.0.0.1", MilterPeer(hostName: "", address: "127.0.0.1", port: 0)),
            (
                "6", 40_000, "IPv6:2001:db8::1",
                MilterPeer(hostName: "", address: "2001:db8::1", port: 40_000)
            ),
            (
                "6", 65_535, "2001:DB8:0::1",
                MilterPeer(hostName: "", address: "2001:db8::1", port: 65_535)
            ),
            ("L", 0, "/run/socket", MilterPeer(hostName: "", address: nil, port: nil)),
            ("U", 0, "", MilterPeer(hostName: "", address: nil, port: nil)),
        ] as [(Character, UInt16, String, MilterPeer)]
    )
    func peer(family: Character, port: UInt16, address: String, expected: MilterPeer) async throws {
        let client = try MTAClient(path: await MilterHost.path)
        try client.negotiate()
        let name = MilterHost.uniqueName("client")
        try client.connect(name, family: family, port: port, address: address)
        try client.mail("<a@example.org>")
        try client.recipient("<b@example.org>")
        let peer = MilterPeer(hostName: name, address: expected.address, port: expected.port)
        #expect(MilterHost.journal.events(of: name).first == .connected(peer))
    }

    @Test(
        "A connection without an SMTP client counts as simulated",
        arguments: [
            (MilterPeer(hostName: "localhost", address: "127.0.0.1", port: 0), true),
            (MilterPeer(hostName: "localhost", address: nil, port: nil), true),
            (MilterPeer(hostName: "localhost", address: "127.0.0.1", port: nil), true),
            (MilterPeer(hostName: "localhost", address: "127.0.0.1", port: 1), false),
        ]
    )
    func simulated(peer: MilterPeer, isSimulated: Bool) {
        #expect(peer.isSimulated == isSimulated)
    }
}
