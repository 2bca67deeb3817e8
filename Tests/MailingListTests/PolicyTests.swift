import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// Every policy, as a table: one change to a good post, and what follows.
@Suite struct PolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let refusal: Refusal?
        let change: @Sendable (inout OpenedMessage, PolicySamples) throws -> Void

        init(
            _ sentence: String,
            _ refusal: Refusal?,
            _ change: @escaping @Sendable (inout OpenedMessage, PolicySamples) throws -> Void
        ) {
            testDescription = sentence
            self.refusal = refusal
            self.change = change
        }
    }

    @Test("one change to a good post decides", arguments: rows)
    func verdict(_ row: Row) throws {
        let samples = try PolicySamples()
        var post = try samples.post()
        try row.change(&post, samples)
        let ruling = try Judgement(of: post, as: .post, in: samples.context(for: post))
        #expect(ruling.verdict == row.refusal.map(Verdict.refuse) ?? .accept)
        #expect(!ruling.detail.isEmpty && ruling.overlooked.isEmpty)
    }

    @Test("an owner or a moderator is never held, and on an announce list owners alone write")
    func rights() throws {
        let refused = Verdict.refuse(.notAllowed)
        try rights(of: .subscriber, isHeld: true, announcing: refused)
        try rights(of: [.subscriber, .moderator], isHeld: false, announcing: refused)
        try rights(of: [.subscriber, .owner], isHeld: false, announcing: .accept)
    }

    private func rights(
        of roles: Subscriber.Roles,
        isHeld: Bool,
        announcing: Verdict
    ) throws {
        var samples = try PolicySamples()
        func verdict(isModerated: Bool = false) throws -> Verdict {
            var post = try samples.post()
            var author = samples.author
            author.roles = roles
            author.isModerated = isModerated
            post.outside.author = author
            return try Judgement(of: post, as: .post, in: samples.context(for: post)).verdict
        }
        #expect(try verdict() == .accept)
        #expect(try verdict(isModerated: true) == (isHeld ? .hold(.moderated) : .accept))
        samples.list.settings.holdsAll = true
        #expect(try verdict() == (isHeld ? .hold(.emergency) : .accept))
        samples.list.settings.holdsAll = false
        samples.list.settings.posting = .owners
        #expect(try verdict() == announcing)
    }

    private static let rows = outside + inside + author + signatures + addressing

    private static let outside = [
        Row("a good post is accepted", nil) { _, _ in },
        Row("up to three other lists are no loop", nil) { post, _ in
            post.outside.loops = ["a.example", "b.example", "c.example"]
        },
        Row("a fourth list is a loop", .loop) { post, _ in
            post.outside.loops = ["a.example", "b.example", "c.example", "d.example"]
        },
        Row("the list's own X-Loop is a loop, in any case", .loop) { post, _ in
            post.outside.loops = ["A.Lists.Example"]
        },
        Row("the list's own List-Id is a loop", .loop) { post, _ in
            post.outside.listID = "a.LISTS.example"
        },
        Row("another list's List-Id is none", nil) {
            $0.outside.listID = "b.lists.example"
            _ = $1
        },
        Row("the largest message passes", nil) { post, samples in
            post.outside.size = samples.list.settings.maximumMessageSize
        },
        Row("one octet more is too large", .tooLarge) { post, samples in
            post.outside.size = samples.list.settings.maximumMessageSize + 1
        },
        Row("a structure with two meanings is refused", .malformed) { post, _ in
            post.structure.fault = .outside("two From fields")
        },
        Row("cleartext is refused as such", .notEncrypted) { post, _ in
            post.encryption.result = .none
        },
    ]

    private static let inside = [
        Row("what does not open is refused", .notDecryptable) { post, _ in
            post.encryption.result = .failed("no secret key")
        },
        Row("a fault inside is refused", .malformedInside) { post, _ in
            post.structure.fault = .inside("two literals")
        },
        Row("what nobody signed is refused", .unsigned) { post, _ in
            post.signatures.all = []
        },
    ]

    private static let author = [
        Row("two addresses in From are no author", .fromMismatch) { post, samples in
            post.outside.from = [samples.author.address, samples.list.address]
        },
        Row("no address in From is no author", .fromMismatch) { post, _ in
            post.outside.from = []
        },
        Row("a stranger is not subscribed, signed or not", .notSubscribed) { post, _ in
            post.outside.author = nil
            post.signatures.all = []
        },
        Row("an owner who is not a subscriber may not post", .notSubscribed) { post, _ in
            post.outside.author?.roles = .owner
        },
        Row("a subscriber without a confirmed key may not post", .notSubscribed) { post, _ in
            post.outside.author?.certificate = nil
        },
        Row("a suspended subscriber may post", nil) { post, _ in
            post.outside.author?.delivery = .suspended
        },
        Row("the same From inside passes, in any case", nil) { post, _ in
            post.protected.from = [try StoreSamples.address("ANNE@example.org")]
        },
        Row("another From inside is refused", .fromMismatch) { post, _ in
            post.protected.from = [try StoreSamples.address("eve@example.org")]
        },
        Row("one more From inside is refused", .fromMismatch) { post, samples in
            post.protected.from = [samples.author.address, samples.list.address]
        },
        Row("an unreadable From inside is refused", .fromMismatch) { post, _ in
            post.protected.from = []
        },
    ]

    private static let signatures =
        SignatureOutcome.allCases.filter { $0 != .good && $0 != .unknownKey }.map { outcome in
            let refusal: Refusal =
                switch outcome {
                case .expired, .keyExpired: .expiredSignature
                case .keyRevoked: .revokedSignature
                default: .invalidSignature
                }
            return Row("a signature that is \(outcome) is refused", refusal) { post, samples in
                post.signatures.all = [try samples.signature(outcome)]
            }
        } + [
            Row("an unknown key is foreign", .foreignSignature) { post, samples in
                post.signatures.all = [try samples.signature(.unknownKey)]
            },
            Row("a good signature by another key is foreign", .foreignSignature) {
                $0.signatures.all = [try $1.signature(by: 2)]
            },
            Row("a bad one beside a good one is refused", .invalidSignature) { post, samples in
                post.signatures.all = [try samples.signature(), try samples.signature(.bad)]
            },
            Row("another's good one beside the author's passes", nil) { post, samples in
                post.signatures.all = [try samples.signature(by: 2), try samples.signature()]
            },
            Row("a signature as old as may be passes", nil) { post, samples in
                let age = TimeInterval(samples.list.settings.signatureMaximumAge)
                post.signatures.all = [
                    try samples.signature(at: samples.now.addingTimeInterval(-age))
                ]
            },
            Row("a second older is stale", .staleSignature) { post, samples in
                let age = TimeInterval(samples.list.settings.signatureMaximumAge + 1)
                post.signatures.all = [
                    try samples.signature(at: samples.now.addingTimeInterval(-age))
                ]
            },
            Row("ten minutes ahead pass", nil) { post, samples in
                post.signatures.all = [
                    try samples.signature(at: samples.now.addingTimeInterval(600))
                ]
            },
            Row("a second more ahead is refused", .staleSignature) { post, samples in
                post.signatures.all = [
                    try samples.signature(at: samples.now.addingTimeInterval(601))
                ]
            },
            Row("one stale signature of two is enough", .staleSignature) { post, samples in
                post.signatures.all = [
                    try samples.signature(), try samples.signature(at: .distantPast),
                ]
            },
        ]

    private static let addressing = [
        Row("a post that names the list inside passes", nil) { post, samples in
            post.protected.recipients = [
                try StoreSamples.address("other@example.org"), samples.list.address,
            ]
        },
        Row("a post that names only others inside was not for the list", .addressedElsewhere) {
            post,
            _ in
            post.protected.recipients = [try StoreSamples.address("b@lists.example")]
        },
        Row("another role of the list is another place", .addressedElsewhere) { post, samples in
            post.protected.recipients = [samples.list.address(of: .owner)]
        },
        Row("a secret key on its way is never a post", .malformedInside) { post, _ in
            post.structure.isSetupMessage = true
        },
        Row("a post signed for the list's key passes", nil) { post, samples in
            post.signatures.intendedRecipients = [
                [samples.list.fingerprint, try StoreSamples.fingerprint(9)]
            ]
        },
        Row("a signature made for other keys was not for the list", .addressedElsewhere) {
            post,
            _ in
            post.signatures.intendedRecipients = [[try StoreSamples.fingerprint(9)]]
        },
        Row("one of two signatures made for nobody we know is enough", .addressedElsewhere) {
            post,
            samples in
            post.signatures.intendedRecipients = [[samples.list.fingerprint], []]
        },
        Row("a program that protects no recipients leaves a post unbound", nil) { post, _ in
            post.protected.recipients = []
        },
        Row("a protected To that cannot be read is somebody else's", .addressedElsewhere) {
            post,
            _ in
            post.protected.recipients = []
            post.protected.hasUnreadableRecipients = true
        },
        Row("a Date of the day before passes", nil) { post, samples in
            post.protected.date = samples.now.addingTimeInterval(-86_000)
        },
        Row("a Date of another day than the signature is refused", .staleSignature) {
            post,
            samples in
            post.protected.date = samples.now.addingTimeInterval(2 * 86_400)
        },
        Row("inline PGP that was not opened is refused like cleartext", .inline) { post, _ in
            post.encryption.result = .none
            post.structure.isInline = true
        },
        Row("inline PGP that was opened is what owners say of it", .inline) { post, _ in
            post.structure.isInline = true
        },
    ]

    @Test("a list that refuses what is unbound takes what one signature binds")
    func unbound() throws {
        var samples = try PolicySamples()
        samples.list.settings.unboundPostAction = .refuse
        var post = try samples.post()
        post.protected.recipients = nil
        func verdict() throws -> Verdict {
            try Judgement(of: post, as: .post, in: samples.context(for: post)).verdict
        }
        #expect(try verdict() == .refuse(.addressedElsewhere))
        post.signatures.intendedRecipients = [[samples.list.fingerprint]]
        #expect(try verdict() == .accept)
        post.signatures.intendedRecipients = []
        post.protected.recipients = [samples.list.address]
        #expect(try verdict() == .accept)
    }

    @Test("a known claim is a replay, also beside a new one")
    func replay() throws {
        let samples = try PolicySamples()
        var post = try samples.post()
        post.signatures.claims.append(try StoreSamples.claim(samples.list, "another"))
        for known in post.signatures.claims {
            let context = samples.context(for: post, claimed: [known])
            #expect(try Judgement(of: post, as: .post, in: context).verdict == .refuse(.replay))
        }
    }

    @Test("a store that cannot answer is our failure, not a refusal")
    func failure() throws {
        struct Broken: Error {}
        let samples = try PolicySamples()
        let post = try samples.post()
        let context = PolicyContext(judging: post, for: samples.list, now: samples.now) { _ in
            throw Broken()
        }
        #expect(throws: Broken.self) { _ = try Judgement(of: post, as: .post, in: context) }
    }

    @Test("a message of which nothing was found is refused by every rule that looks for proof")
    func nothing() throws {
        let samples = try PolicySamples()
        let nothing = OpenedMessage(size: 0)
        let refusing = try StandardPolicies.post.filter { policy in
            try policy.judge(nothing, in: samples.context(for: nothing)) != .passes
        }
        #expect(refusing.map(\.name) == ["encrypted", "subscriber", "signature"])
    }

    @Test("the order of the rules tells a stranger the least")
    func order() throws {
        #expect(
            StandardPolicies.post.map(\.name) == [
                "loop", "size", "automatic", "structure", "decryptable", "encrypted",
                "setup-message",
                "statement", "signed", "subscriber", "author", "signature", "freshness",
                "recipient", "replay", "spam", "rate", "right", "copy-size",
            ]
        )
    }

    @Test("whoever breaks every rule is told of the first")
    func first() throws {
        let samples = try PolicySamples()
        var post = OpenedMessage(size: .max)
        post.outside.loops = [samples.list.listID]
        post.structure.fault = .outside("x")
        let verdict = try Judgement(of: post, as: .post, in: samples.context(for: post)).verdict
        #expect(verdict == .refuse(.loop))
    }
}
