import MIME
import SMTP
import TestSupport
import Testing

/// Compares what we compose and how we slice messages with Python's `email`.
@Suite("Agreement with Python") struct PythonOracleTests {
    private static let script = """
        import email, email.policy, sys
        message = email.message_from_bytes(open("message", "rb").read(), policy=email.policy.default)
        print(message["subject"])
        print([(a.display_name, a.addr_spec) for a in message["from"].addresses])
        for part in message.walk():
            body = None if part.is_multipart() else part.get_payload(decode=True).hex()
            print(part.get_content_type(), part.get_filename(), part.get_param("hp"), body,
                  [type(d).__name__ for d in part.defects])
        """

    @Test("Python reads a composed message without a defect")
    func composed() throws {
        var generator = SeededGenerator(seed: 3)
        let address = try #require(EmailAddress("list@example.org"))
        let entity = Entity(
            headerFields: [
                Entity.Field(
                    "From",
                    mailboxes: [
                        Mailbox(displayName: "Änne (x), \"y\" a@b.c via Liste", address: address)
                    ]
                ),
                Entity.Field(
                    "Subject",
                    "Grüße " + String(repeating: "und Küsse ", count: 20) + "!"
                ),
                Entity.Field("MIME-Version", structured: "1.0"),
            ],
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "cipher")],
                children: [
                    Entity(content: .text("Grüße\nFrom x \n.\n")),
                    .attachment(
                        type: "application/pgp-keys",
                        fileName: "schlüssel.asc",
                        bytes: [0, 255]
                    ),
                ],
                boundary: Boundary.random(using: &generator)
            )
        )
        let result = try Tool.run(
            "python3",
            ["-c", Self.script],
            files: ["message": entity.serialized()]
        )
        let subject = "Grüße " + String(repeating: "und Küsse ", count: 20) + "!"
        let body = "4772c3bcc39f650d0a46726f6d2078200d0a2e0d0a"
        #expect(
            result.output == """
                \(subject)
                [('Änne (x), "y" a@b.c via Liste', 'list@example.org')]
                multipart/mixed None cipher None []
                text/plain None None \(body) []
                application/pgp-keys schlüssel.asc None 00ff []

                """
        )
    }

    private static let slices = """
        import email, email.policy, sys
        message = email.message_from_bytes(open("message", "rb").read(), policy=email.policy.SMTP)
        for part in message.walk():
            if part.get_content_maintype() == "text":
                print(part.get_payload(decode=True).hex())
        """

    // good-odd-header-spacing is left out: Python ends the header at `X-A :`, which
    // RFC 5322 §4.5 allows. The signature covers that line, as our slicer reads it.
    @Test(
        "Python finds the same text parts in messages with an unusual structure",
        arguments: [
            "good-8bit-body", "good-nested-boundary-trailing-ws", "good-nested-close-no-newline",
            "good-nested-close-two-newline", "good-nested-no-close", "good-nested-ok",
            "good-nested-preamble-epilogue", "good-plain",
            "ATTACK-third-child",
        ]
    )
    func sliced(_ name: String) throws {
        let bytes = try Resource.bytes("gmime-differential/\(name).eml")
        let parts = try Message(bytes).root.selfAndDescendants
        let ours = parts.filter { $0.contentType.type == "text" }
            .map { $0.body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        let result = try Tool.run("python3", ["-c", Self.slices], files: ["message": bytes])
        #expect(!ours.isEmpty)
        #expect(
            result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                == ours.map { $0[...] }[...]
        )
    }
}
