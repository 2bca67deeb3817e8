import Administration
import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@testable import ListServer

/// Decisions that an administrator takes on the host.
@Suite struct ModerationTests {
    private let bench: HostBench
    private let list: MailingList
    private let anne: TestKeyring

    init() throws {
        bench = try HostBench()
        list = try bench.makeList()
        anne = try TestKeyring("anne")
        try bench.add(anne, to: list)
        try anne.learn(try bench.host.exportKey(of: list, armored: false))
    }

    private static func tokenDigest() -> [UInt8] {
        var random = RandomSource()
        return WorkflowToken.random(using: &random).digest
    }

    /// Has a post wait for a moderator, and gives its number.
    private func hold(_ post: [UInt8]) throws -> HeldPost.ID {
        let sealer = try bench.host.sealer()
        let unsealed = HeldPost(
            id: 0,
            list: list.id,
            reasons: [.moderated],
            detail: "for the test",
            message: HeldPost.Message(
                author: try ListHost.address(anne.address),
                size: post.count,
                received: Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down)),
                bytes: try bench.host.keys.keyring(of: list).seal(post, signed: false)
            ),
            token: Self.tokenDigest()
        )
        let held = unsealed.authenticated(by: sealer.mac(of: unsealed))
        _ = try bench.host.store.commit(
            [
                Acceptance(
                    list: list,
                    receipt: StoreSamples.receipt(list, UUID().uuidString),
                    claims: [],
                    effect: .hold(
                        held,
                        notice: SealedAnswer(
                            reader: .deciders,
                            post: StoreSamples.post(UUID().uuidString, kind: .ownerMail)
                        )
                    )
                )
            ],
            now: Date()
        )
        return try #require(try bench.host.heldPosts(of: list).report.last?.id)
    }

    private func signedPost(_ text: String) throws -> [UInt8] {
        let packets = try anne.encrypt(
            Array("Content-Type: text/plain\r\n\r\n\(text)\r\n".utf8),
            to: ["team@lists.test"]
        )
        return Array(
            """
            From: anne <\(anne.address)>\r
            To: team@lists.test\r
            Subject: ...\r
            Message-ID: <\(UUID().uuidString)@people.test>\r
            MIME-Version: 1.0\r
            Content-Type: multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"\r
            \r
            --b\r
            Content-Type: application/pgp-encrypted\r
            \r
            Version: 1\r
            \r
            --b\r
            Content-Type: application/octet-stream\r
            \r

            """.utf8
        ) + Armor.armor(packets, kind: .message) + Array("--b--\r\n".utf8)
    }

    private func recipients() throws -> [String] {
        try bench.host.pendingCopies(of: list, limit: 100).report.map(\.recipient)
    }

    @Test("an accepted post is distributed, a rejected one is told to its author alone")
    func decide() throws {
        let first = try hold(try signedPost("one"))
        let before = try recipients()
        let decided = try bench.host.decide(.accept, onHeldPosts: [first])
        #expect(decided.report.map(\.decision) == ["accepted"] && decided.failure == nil)
        #expect(try recipients() == before + [anne.address])
        let second = try hold(try signedPost("two"))
        let rejected = try bench.host.decide(.reject(reason: "no"), onHeldPosts: [second])
        #expect(rejected.report.map(\.decision) == ["rejected"])
        #expect(try recipients().filter { $0 == anne.address }.count == 2)
        #expect(try bench.host.heldPosts(of: list).report.isEmpty)
    }

    @Test("of several posts each is decided on, and the others are named with the reason")
    func several() throws {
        let post = try hold(try signedPost("words"))
        #expect(
            String(decoding: try bench.host.original(ofHeldPost: post), as: UTF8.self)
                .contains("BEGIN PGP MESSAGE")
        )
        let result = try bench.host.decide(.discard, onHeldPosts: [99, post])
        #expect(result.report.map(\.post.id) == [post])
        #expect(result.failure?.kind == .notFound)
        #expect(result.failure?.what == "no post 99 waits")
        bench.expect(.notFound, "held list LIST") {
            _ = try bench.host.decide(.discard, onHeldPosts: [post])
        }
    }

    @Test("what cannot be distributed is not, and still waits")
    func impossible() throws {
        let post = try hold(Array("From: x@people.test\r\n\r\nin clear\r\n".utf8))
        _ = try? bench.host.decide(.accept, onHeldPosts: [post])
        #expect(try bench.host.heldPosts(of: list).report.map(\.id) == [post])
    }

    /// Has a subscription wait for an owner's decision.
    private func subscription(of person: TestKeyring, step: StepName) throws -> Workflow.ID {
        let certificate = try bench.host.keys.certificates
            .inspect(try person.publicKey(), now: Date()).get()
        let steps: [StepName] = [.keySet, .keyConfirm, .moderate]
        var workflow = Workflow(
            list: list.id,
            kind: .subscription,
            address: try ListHost.address(person.address),
            steps: steps,
            created: Date(),
            expires: Date().addingTimeInterval(3600)
        )
        workflow.position = try #require(steps.firstIndex(of: step))
        workflow.certificate = certificate
        workflow.challenge = Workflow.Challenge(token: Self.tokenDigest(), statement: nil)
        try bench.host.store.carryOut(
            [.begin(workflow)],
            answers: [],
            in: list.id,
            now: Date()
        )
        return try #require(try bench.host.workflows(of: list).report.last?.id)
    }

    @Test("an accepted subscription adds the person, a rejected one does not, and each is over")
    func workflow() throws {
        let (bela, cora) = (try TestKeyring("bela"), try TestKeyring("cora"))
        let accepted = try subscription(of: bela, step: .moderate)
        #expect(try bench.host.showWorkflow(accepted).report.waitsFor == "moderate")
        _ = try bench.host.decide(onWorkflow: accepted, accepted: true)
        let rejected = try subscription(of: cora, step: .moderate)
        _ = try bench.host.decide(onWorkflow: rejected, accepted: false, reason: "no")
        let people = try bench.host.people(of: list).report.map(\.address)
        #expect(people.contains(bela.address) && !people.contains(cora.address))
        #expect(try bench.host.workflows(of: list).report.isEmpty)
        bench.expect(.notFound) {
            _ = try bench.host.decide(onWorkflow: accepted, accepted: true)
        }
    }

    @Test("nobody decides on what waits for the person, or accepts a key of somebody else")
    func workflowRefused() throws {
        let bela = try TestKeyring("bela")
        let waiting = try subscription(of: bela, step: .keyConfirm)
        bench.expect(.notAllowed, "it waits for key-confirm") {
            _ = try bench.host.decide(onWorkflow: waiting, accepted: true)
        }
        #expect(try bench.host.cancelWorkflow(waiting).report.address == bela.address)
        let proven = try subscription(of: bela, step: .moderate)
        // Somebody else has the key by now.
        _ = try bench.host.add(
            ListHost.address("dora@people.test"),
            key: try bench.keyFile(of: bela),
            to: list
        )
        bench.expect(.inUse) { _ = try bench.host.decide(onWorkflow: proven, accepted: true) }
        #expect(try bench.host.workflows(of: list).report.map(\.id) == [proven])
    }
}
