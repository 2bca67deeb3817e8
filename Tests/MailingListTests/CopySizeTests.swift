import MailingList
import SMTP
import Testing

@Suite struct CopySizeTests {
    private func result(
        octets: Int,
        limit: Int? = nil,
        isProven: Bool = true
    ) throws -> PolicyResult {
        let samples = try PolicySamples()
        var post = try samples.post()
        post.content = AuthoredContent(
            entity: [UInt8](repeating: 65, count: octets),
            subject: "",
            authorName: nil,
            date: nil,
            messageID: nil,
            references: []
        )
        if !isProven { post.signatures.all = [] }
        var context = samples.context(for: post)
        context.copyLimit = limit
        return CopySizePolicy().judge(post, in: context)
    }

    @Test("a post whose copies would exceed a limit is refused with both sizes")
    func sizes() throws {
        #expect(try result(octets: 7_000_000) == .passes)
        #expect(
            try result(octets: 8_000_000)
                == .refuses(
                    .copyTooLarge,
                    "each copy would have 11.0 MB, and the limit is 10.4 MB"
                )
        )
        // The smaller limit counts, whoever has set it.
        #expect(
            try result(octets: 7_000_000, limit: 5_000_000)
                == .refuses(.copyTooLarge, "each copy would have 9.6 MB, and the limit is 5.0 MB")
        )
        #expect(try result(octets: 3_000_000, limit: 5_000_000) == .passes)
        let reply = Refusal.copyTooLarge.reply("each copy would have 9.6 MB")
        #expect(reply.description.contains("9.6 MB") && reply.code == 552)
    }

    @Test("only the proven author learns how large the decrypted content is")
    func stranger() throws {
        guard case .refuses(let refusal, _) = try result(octets: 8_000_000, isProven: false) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.reply("8 MB") == Refusal.unsigned.reply)
    }
}
