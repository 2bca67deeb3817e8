import Foundation
import GnuPG
import LMTP
import Logging
import MIME
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// A list with an owner and authors of all kinds, whose keys are old enough for old
/// signatures.
struct ActionBench {
    /// What became of one message.
    struct Result: CustomStringConvertible {
        /// What is answered; nil for 250.
        let reply: SMTPReply?
        let refusal: Refusal?
        let held: Int
        let recipients: [String]
        let kinds: Set<SealedPost.Kind>
        /// Whether anything of it can be read in what is kept.
        let isReadable: Bool

        var code: Int { reply?.code ?? 250 }

        var description: String {
            "\(code) \(refusal?.rawValue ?? "") held \(held), \(kinds) to \(recipients)"
        }
    }

    private static let past = ["--faked-system-time", "20250101T000000!"]

    let bench: OpenerBench
    let people: [String: TestKeyring]
    let owner: TestKeyring
    private let counter = Counter()

    var store: SQLiteStore { bench.store }
    var keys: ListKeys { bench.keys }
    var list: MailingList { bench.list }
    var mia: TestKeyring {
        get throws { try #require(people["mia"]) }
    }
    /// Who gets posts: subscribers whose key can encrypt.
    var readers: Set<String> { ["alice@people.test", "mia@people.test"] }

    init() throws {
        bench = try OpenerBench()
        var people: [String: TestKeyring] = [:]
        for name in ["alice", "eve", "rita", "mia"] {
            let keyring = try TestKeyring(name, options: Self.past)
            try keyring.learn(try bench.keys.keyring(of: bench.list).publicKey())
            people[name] = keyring
        }
        self.people = people
        owner = try TestKeyring("olga")
        // In the place of the bench's own alice.
        if let known = try bench.store.subscriber(
            at: StoreSamples.address("alice@people.test"),
            of: bench.list.id
        ) {
            try bench.store.removeRoles(known.roles, of: known.id)
        }
        for (number, name) in ["alice", "rita", "mia"].enumerated() {
            try add(try #require(people[name]), .subscriber, token: 10 + number)
        }
        try add(owner, .owner, token: 9)
        try revoke(try #require(people["rita"]))
        let mia = try #require(try subscriber("mia"))
        try bench.store.setModerated(true, of: mia.id)
    }

    func add(_ keyring: TestKeyring, _ role: Subscriber.Roles, token: Int) throws {
        _ = try bench.store.addSubscriber(
            StoreSamples.address(keyring.address),
            roles: role,
            certificate: bench.keys.certificates.inspect(try keyring.publicKey(), now: Date())
                .get(),
            token: StoreSamples.token(token),
            to: bench.list.id,
            now: OpenerBench.now
        )
    }

    private func subscriber(_ name: String) throws -> Subscriber? {
        try bench.store.subscriber(
            at: StoreSamples.address("\(name)@people.test"),
            of: bench.list.id
        )
    }

    /// Ends somebody's key, as the list learns of it.
    func revoke(_ keyring: TestKeyring) throws {
        let file = "\(keyring.home)/openpgp-revocs.d/\(keyring.fingerprint).rev"
        // gpg writes it behind an explanation, and with a colon against mistakes.
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let revocation = text[try #require(text.range(of: "-----BEGIN")).lowerBound...]
        let person = try #require(
            try bench.store.subscriber(
                at: StoreSamples.address(keyring.address),
                of: bench.list.id
            )
        )
        let ended = try bench.keys.certificates.inspect(
            Armor.dearmor(Array(revocation.utf8), kind: .publicKey),
            updating: person.certificate,
            now: Date()
        ).get()
        try bench.store.setCertificate(ended, of: person.id)
    }

    /// Makes the mail that a fixture describes.
    func message(_ fixture: PostFixture) throws -> [UInt8] {
        let from = fixture.value("author") ?? "alice"
        var entity = Array(fixture.body.utf8)
        if let signer = fixture.value("signed"), signer != "no",
            fixture.value("encrypted") != "inline"
        {
            entity = try signed(entity, by: signer, fixture)
        }
        let fields =
            [
                "From: \(from)@people.test", "To: \(OpenerBench.listAddress)", "Subject: x",
                "Date: \(MessageDate.format(Date()))",
                "Message-ID: <\(counter.next())@people.test>",
                "MIME-Version: 1.0",
            ] + [fixture.value("outside")].compactMap(\.self) + [""]
        let head = Array(fields.joined(separator: "\r\n").utf8)
        switch fixture.value("encrypted") {
        case "no": return head + entity
        case "inline":
            // RFC 4880 alone: the text of the mail is the armor.
            let alice = try #require(people["alice"])
            let packets = try alice.encrypt(
                Array(fixture.body.utf8),
                to: [OpenerBench.listAddress],
                signed: fixture.value("signed") == "alice"
            )
            return head + Array("Content-Type: text/plain\r\n\r\n".utf8)
                + Armor.armor(packets, kind: .message)
        case "mangled":
            // As a gateway leaves it that does not know multipart/encrypted.
            let alice = try #require(people["alice"])
            let packets = try alice.encrypt(entity, to: [OpenerBench.listAddress], signed: false)
            let text = String(decoding: wrapped(packets), as: UTF8.self)
            return head + Array(text.replacing("multipart/encrypted", with: "multipart/mixed").utf8)
        case let whom:
            let alice = try #require(people["alice"])
            let packets = try alice.encrypt(
                entity,
                to: [whom == "other" ? alice.address : OpenerBench.listAddress],
                signed: false
            )
            return head + wrapped(packets)
        }
    }

    private func wrapped(_ packets: [UInt8]) -> [UInt8] {
        let frame = bench.message(around: packets)
        let start = "Content-Type: multipart/encrypted"
        let text = String(decoding: frame, as: UTF8.self)
        return Array((text.range(of: start).map { text[$0.lowerBound...] } ?? "").utf8)
    }

    private func signed(
        _ entity: [UInt8],
        by signer: String,
        _ fixture: PostFixture
    ) throws -> [UInt8] {
        let time = fixture.value("time").flatMap(Double.init).map { offset in
            ["--faked-system-time", "\(Int(Date().timeIntervalSince1970 + offset))"]
        }
        let options = (fixture.value("options") ?? "").split(separator: " ").map(String.init)
        let keyring = try #require(people[signer])
        let signature = Armor.armor(
            try keyring.sign(entity, detached: true, options: (time ?? []) + options),
            kind: .signature
        )
        var text = String(decoding: entity, as: UTF8.self)
        if fixture.value("damaged") == "yes" { text = text.replacing("canary", with: "Canary") }
        let head =
            "Content-Type: multipart/signed; boundary=s; micalg=pgp-sha256;\r\n"
            + " protocol=\"application/pgp-signature\"\r\n\r\n--s\r\n"
        return Array(
            (head + text + "\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n").utf8
        ) + signature + Array("--s--\r\n".utf8)
    }

    /// What is found in a message, and which of its claims have been seen.
    func open(
        _ message: [UInt8],
        seen: Bool
    ) throws -> (post: OpenedMessage, seen: [SignatureClaim]) {
        let opened = try bench.opener.open(ReceivedMessage(bytes: message), for: list)
        return (opened, seen ? opened.signatures.claims : [])
    }

    /// Whether a signature shows the list whose a message is.
    func isProven(_ message: [UInt8], _ settings: [String: String]) throws -> Bool {
        let list = try bench.list(with: settings)
        let opened = try bench.opener.open(ReceivedMessage(bytes: message), for: list)
        let context = PolicyContext(judging: opened, for: list, now: Date()) { _ in false }
        return SignaturePolicy().judge(opened, in: context) == .passes
    }

    /// Judges and commits a message, looks at what follows, and takes that away again.
    func process(
        _ message: [UInt8],
        _ settings: [String: String],
        seen: Bool = false,
        isKept: Bool = false
    ) throws -> Result {
        try set(settings)
        if seen {
            let claims = try open(message, seen: false).post.signatures.claims
                .filter { try !store.isClaimed($0) }
            try take(Acceptance(list: list, receipt: receipt(), claims: claims, effect: .discard))
        }
        let before = try held()
        let judgement = try judge(message)
        var reply: SMTPReply?
        var refusal: Refusal?
        switch judgement {
        case .repeated: break
        case .postpone(let later): reply = later
        case .refuse(let reason, _, _): (reply, refusal) = (reason.reply, reason)
        case .accept(let acceptance):
            // The same message is one row after another: only a claim of its own, which it
            // must not have met, is left out then.
            let own = isKept ? acceptance.claims : []
            let met = try acceptance.claims.filter(store.isClaimed)
            #expect(met.isEmpty, "what is taken would be refused as a replay")
            try take(
                Acceptance(
                    list: list,
                    receipt: receipt(),
                    claims: own,
                    effect: acceptance.effect
                )
            )
        }
        return try result(reply, refusal, since: before, isKept: isKept)
    }

    /// What followed since there was only that, which is taken away again.
    private func result(
        _ reply: SMTPReply?,
        _ refusal: Refusal?,
        since before: [HeldPost.ID],
        isKept: Bool
    ) throws -> Result {
        let due = try store.dueDeliveries(after: 0, now: .distantFuture, limit: 99)
        let posts = try Set(due.map(\.post)).compactMap { try store.post($0)?.post }
        _ = try store.dropDeliveries(due.map(\.id))
        let waiting = try held()
        let fresh = waiting.filter { !before.contains($0) }
        let stored = try posts.map(\.bytes) + fresh.compactMap { try store.heldPost($0)?.bytes }
        if !isKept { try carryOut(Transition(changes: fresh.map { .dismiss($0) })) }
        return Result(
            reply: reply,
            refusal: refusal,
            held: waiting.count - before.count,
            recipients: due.map(\.recipient.description).sorted(),
            kinds: Set(posts.map(\.kind)),
            isReadable: stored.contains {
                String(decoding: $0, as: UTF8.self).lowercased().contains("canary")
            }
        )
    }

    /// The inside of the post that is distributed.
    func copy(of message: [UInt8], _ settings: [String: String]) throws -> String {
        try set(settings)
        guard case .accept(let acceptance) = try judge(message),
            case .distribute(let post, _) = acceptance.effect
        else { return "not distributed" }
        let opened = try keys.keyring(of: list).open(sealed: post.bytes, limit: 1 << 20)
        return String(decoding: opened.plaintext, as: UTF8.self)
    }

    /// Gives a message to the gate as Postfix does, looks at what follows, and takes that
    /// away again, but for receipts and claims.
    func gate(
        _ message: [UInt8],
        _ settings: [String: String],
        from reversePath: String,
        seen: Bool
    ) throws -> Result {
        try set(settings)
        if seen {
            let claims = try open(message, seen: false).post.signatures.claims
                .filter { try !store.isClaimed($0) }
            try take(Acceptance(list: list, receipt: receipt(), claims: claims, effect: .discard))
        }
        let judging = try JudgeBench(bench, clock: { Date() })
        let before = try held()
        let handler = GateHandler(
            directory: ListDirectory(store: store),
            processor: MessageProcessor(
                store: store,
                road: judging.road,
                clock: { Date() },
                committed: {}
            ),
            record: judging.record,
            answers: ReplyTiming(sleep: { _ in }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        var client = LMTPClient()
        client.address = "192.0.2.9"
        let recipient = Envelope.Recipient(
            argument: "<\(OpenerBench.listAddress)>",
            address: list.address
        )
        let replies = handler.message(
            LMTPMessage(
                client: client,
                envelope: Envelope(
                    reversePath: .address(try StoreSamples.address(reversePath)),
                    recipients: [recipient]
                ),
                bytes: message,
                size: message.count
            )
        )
        let reply = replies[0].code == 250 ? nil : replies[0]
        return try result(reply, nil, since: before, isKept: false)
    }

    /// What moderators are told of a message, which then waits.
    func notice(of message: [UInt8]) throws -> String {
        guard case .accept(let acceptance) = try judge(message),
            case .hold(_, let notice) = acceptance.effect
        else { return "not held" }
        try take(acceptance)
        let opened = try keys.keyring(of: list).open(sealed: notice.post.bytes, limit: 1 << 20)
        return String(decoding: opened.plaintext, as: UTF8.self)
    }

    /// The newest message that waits, whole.
    func lastHeld() throws -> HeldPost {
        let last = try store.heldPosts(of: list.id, after: 0, limit: 99).last
        return try #require(try last.flatMap { try store.heldPost($0.id) })
    }

    /// Holds a message for reasons that were true once.
    func hold(_ fixture: PostFixture, as reasons: [Refusal]) throws -> HeldPost {
        let message = ReceivedMessage(bytes: try message(fixture))
        let effect = try moderation().hold(
            bench.arrival(of: message, for: list),
            for: reasons,
            "then",
            now: Date()
        )
        try take(Acceptance(list: list, receipt: receipt(), claims: [], effect: effect))
        return try lastHeld()
    }

    func moderation() throws -> Moderation {
        Moderation(store: store, opener: bench.opener, sealer: try sealer())
    }

    func reporter(at now: Date) throws -> OwnerReporter {
        OwnerReporter(
            store: store,
            sealer: try sealer(),
            wakeUp: WakeUp(),
            clock: { now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    func carryOut(_ transition: Transition) throws {
        let sealer = try sealer()
        try store.carryOut(
            transition.changes,
            answers: try transition.answers.compactMap {
                try sealer.seal($0, of: list, now: Date())
            },
            in: list.id,
            now: Date()
        )
    }

    private func sealer() throws -> Sealer {
        Sealer(
            keys: keys,
            digestKey: try DigestKey.load(orMakeAt: bench.directory.file("digest")),
            certifications: store.certifications
        )
    }

    private func set(_ settings: [String: String]) throws {
        var new = ListSettings()
        for (name, value) in settings {
            #expect(ListSettings.named(name)?.set(&new, value) == true, "\(name)=\(value)")
        }
        try store.update(new, of: list.id)
    }

    private func judge(_ message: [UInt8]) throws -> JudgeBench.Judged {
        let list = try #require(try store.list(bench.list.id))
        return try JudgeBench(bench, list: list, clock: { Date() }).judge(message)
    }

    /// Explains a message under the settings that were set last.
    func explain(_ message: [UInt8], freeOctets: Int64 = 1 << 30) throws -> Explanation {
        let list = try #require(try store.list(bench.list.id))
        let judging = try JudgeBench(
            bench,
            list: list,
            freeOctets: freeOctets,
            clock: { Date() }
        )
        return try Explainer(road: judging.road).explain(message, named: "file", for: list)
    }

    private func take(_ acceptance: Acceptance) throws {
        guard case .committed = try store.commit([acceptance], now: Date()) else {
            Issue.record("it was not taken")
            return
        }
    }

    private func receipt() -> Receipt {
        Receipt(list: list, role: .posting, messageID: counter.next(), body: [])
    }

    private func held() throws -> [HeldPost.ID] {
        try store.heldPosts(of: list.id, after: 0, limit: 99).map(\.id)
    }

    private final class Counter: Sendable {
        func next() -> String { UUID().uuidString }
    }
}

extension HeldPost {
    /// The same row as somebody else would write it.
    func with(reasons: [Refusal]? = nil, bytes: [UInt8]? = nil) -> HeldPost {
        HeldPost(
            id: id,
            list: list,
            reasons: reasons ?? self.reasons,
            detail: detail,
            message: HeldPost.Message(
                author: author,
                size: size,
                received: received,
                bytes: bytes ?? self.bytes
            ),
            token: token
        ).authenticated(by: mac)
    }
}
