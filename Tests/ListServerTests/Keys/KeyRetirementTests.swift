import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Another key in the place of a list's: what came before must still be read.
@Suite struct KeyRetirementTests {
    private let bench: OpenerBench
    private let sealer: Sealer
    private let moderation: Moderation
    private let retirement: KeyRetirement

    init() throws {
        bench = try OpenerBench()
        sealer = bench.sealer
        moderation = Moderation(store: bench.store, opener: bench.opener, sealer: sealer)
        retirement = KeyRetirement(store: bench.store, sealer: sealer)
    }

    private func rotate(opensMail: Bool) throws -> MailingList {
        let (keyring, stored) = try bench.rotate(
            bench.list,
            opensMail: opensMail,
            until: OpenerBench.now.addingTimeInterval(1000)
        )
        #expect(stored.previousKey?.fingerprint == bench.list.fingerprint)
        #expect(stored.fingerprint == keyring.fingerprint && stored.keyNumber == 1)
        return stored
    }

    /// Has a post wait for a moderator.
    private func hold() throws -> ReceivedMessage {
        let message = ReceivedMessage(bytes: bench.message(around: try bench.signedInside("held")))
        let effect = try moderation.hold(
            bench.arrival(of: message, for: bench.list),
            for: [.moderated],
            "then",
            now: OpenerBench.now
        )
        _ = try bench.store.addSubscriber(
            StoreSamples.address("olga@people.test"),
            roles: .owner,
            certificate: bench.keys.certificates
                .inspect(try TestKeyring("olga").publicKey(), now: Date()).get(),
            token: StoreSamples.token(3),
            to: bench.list.id,
            now: OpenerBench.now
        )
        _ = try bench.store.commit(
            [
                Acceptance(
                    list: bench.list,
                    receipt: StoreSamples.receipt(bench.list, "held"),
                    claims: [],
                    effect: effect
                )
            ],
            now: OpenerBench.now
        )
        return message
    }

    private func process(_ message: [UInt8], for list: MailingList) throws -> JudgeBench.Judged {
        try JudgeBench(bench, list: list).judge(message)
    }

    @Test("mail to the old key is a post as long as it was rotated, and none once it was revoked")
    func mail() throws {
        let message = bench.message(around: try bench.signedInside("words"))
        let rotated = try rotate(opensMail: true)
        guard case .accept = try process(message, for: rotated) else {
            Issue.record("not taken")
            return
        }
        let revoked = bench.list.replacing(
            key: rotated.fingerprint,
            opensMail: false,
            until: OpenerBench.now
        )
        guard case .refuse(.notDecryptable, _, _) = try process(message, for: revoked) else {
            Issue.record("not refused")
            return
        }
        // Nor when its time is over, destroyed or not.
        let late = OpenerBench.now.addingTimeInterval(1001)
        let over = try JudgeBench(bench, list: rotated, clock: { late })
        guard case .refuse(.notDecryptable, _, _) = over.judge(message) else {
            Issue.record("not refused")
            return
        }
        // To the new one it goes, by whoever has it.
        try bench.alice.gpg([
            "--batch", "--yes", "--delete-key", bench.list.fingerprint.description,
        ])
        try bench.alice.learn(try bench.keys.keyring(of: rotated).publicKey())
        let next = bench.message(around: try bench.signedInside("more words"))
        for list in [rotated, revoked] {
            guard case .accept = try process(next, for: list) else {
                Issue.record("not taken")
                return
            }
        }
    }

    @Test("the end of a list's key is an alarm a month before, until it is put off")
    func ending() throws {
        let keyring = bench.keys.keyring(of: bench.list)
        let now = Date()
        func alarms() throws -> [Alarm] {
            #expect(try retirement.watch(now: now).isEmpty)
            return try bench.store.status(now: now).alarms.map(\.alarm)
        }
        #expect(try alarms().isEmpty)
        try keyring.setExpiry(now.addingTimeInterval(29 * 86_400), now: now)
        #expect(try alarms() == [.listKey])
        try keyring.setExpiry(now.addingTimeInterval(31 * 86_400), now: now)
        #expect(try alarms().isEmpty)
        try keyring.setExpiry(nil, now: now)
        #expect(try keyring.expires() == nil && alarms().isEmpty)
        // A time that is past does not make a key that never ends.
        try keyring.setExpiry(now.addingTimeInterval(31 * 86_400), now: now)
        for seconds in [-86_400, 0, 0.5, 5_000_000_000, .infinity] {
            #expect(throws: OpenPGPError(.invalidValue, .renewKey)) {
                try keyring.setExpiry(now.addingTimeInterval(seconds), now: now)
            }
        }
        #expect(try keyring.expires() != nil)
    }

    @Test("a key cannot be replaced twice at once, nor before the one before has ended")
    func twice() throws {
        let rotated = try rotate(opensMail: true)
        let announcement = try sealer.seal(
            announcement: AnswerText(.keyRotated, [:]),
            attaching: nil,
            of: rotated,
            now: OpenerBench.now
        )
        for list in [bench.list, rotated] {
            #expect(throws: ListStoreError.outdated) {
                try bench.store.replaceKey(
                    of: list,
                    by: list.replacing(
                        key: bench.list.fingerprint,
                        opensMail: true,
                        until: OpenerBench.now
                    ),
                    announcement: announcement,
                    now: OpenerBench.now
                )
            }
        }
        // Neither key can be a subscriber's.
        let nobody = try StoreSamples.address("nobody@people.test")
        for key in [rotated.fingerprint, bench.list.fingerprint] {
            #expect(try bench.store.isTaken([key], besides: nobody, in: rotated.id))
        }
    }

    @Test("what is owed and what is held is sealed anew, and only then the old key is destroyed")
    func retire() throws {
        let owed = try #require(
            JudgeBench(bench).process(bench.message(around: try bench.signedInside("owed")))
        )
        #expect(owed == .accepted)
        let message = try hold()
        let list = try rotate(opensMail: true)
        let old = bench.keys.keyring(of: bench.list)
        // A copy can be made of each under either key.
        func check(_ keyring: ListKeyring) throws {
            let posts = try bench.store.storedPosts(of: list.id, after: 0, limit: 9)
            // The post, the notice to moderators and the announcement.
            #expect(posts.count == 3)
            let now = try #require(try bench.store.list(list.id))
            for (_, post) in posts {
                #expect(try keyring.isAddressed(by: post.bytes))
                _ = try CopyMaker(list: now, post: post, sealer: bench.sealer)
            }
            let held = try #require(
                try bench.store.heldPosts(of: list.id, after: 0, limit: 9).first
            )
            let post = try #require(try bench.store.heldPost(held.id))
            #expect(try keyring.isAddressed(by: post.bytes))
            #expect(try moderation.original(of: post, of: now) == message.bytes)
        }
        try check(old)
        #expect(try retirement.reseal(list) == 4)
        #expect(try retirement.reseal(list) == 0)
        try check(bench.keys.keyring(of: list))
        // Inside its seal it is as it came, to the old key: revoked or not, it can be accepted.
        let waiting = try #require(try bench.store.heldPosts(of: list.id, after: 0, limit: 9).first)
        let held = try #require(try bench.store.heldPost(waiting.id))
        for opensMail in [true, false] {
            let replaced = bench.list.replacing(
                key: list.fingerprint,
                opensMail: opensMail,
                until: OpenerBench.now
            )
            let release = try moderation.release(held, of: replaced, now: OpenerBench.now)
            guard case .released = release else {
                Issue.record("\(release)")
                return
            }
        }
        func retire(after seconds: Double) throws -> Bool {
            let failures = try retirement.retire(now: OpenerBench.now.addingTimeInterval(seconds))
            #expect(failures.isEmpty)
            return !FileManager.default.fileExists(atPath: old.home)
        }
        // Nothing is destroyed before its time, nor while something waits for a decision.
        #expect(try !retire(after: 999 + KeyRetirement.patience))
        #expect(try !retire(after: 1001 + KeyRetirement.patience))
        try bench.store.carryOut(
            [.dismiss(held.id)],
            answers: [],
            in: list.id,
            now: OpenerBench.now
        )
        #expect(try retire(after: 1001 + KeyRetirement.patience))
        #expect(try bench.store.list(list.id)?.previousKey == nil)
        // What a crash has left of it goes in the next round.
        try FileManager.default.createDirectory(
            atPath: old.home,
            withIntermediateDirectories: true
        )
        #expect(try retire(after: 1002 + KeyRetirement.patience))
        let now = try #require(try bench.store.list(list.id))
        for (_, post) in try bench.store.storedPosts(of: list.id, after: 0, limit: 9) {
            _ = try CopyMaker(list: now, post: post, sealer: bench.sealer)
        }
    }

    @Test("a decision on a seal that was looked at before does not count for another")
    func race() throws {
        _ = try hold()
        let id = try #require(
            try bench.store.heldPosts(of: bench.list.id, after: 0, limit: 1).first
        ).id
        let held = try #require(try bench.store.heldPost(id))
        let other = held.sealed(bytes: [1, 2, 3])
        try bench.store.replaceSeal(ofHeld: other.authenticated(by: held.mac), replacing: [9])
        #expect(try bench.store.heldPost(id) == held)
        try bench.store.replaceSeal(
            ofHeld: other.authenticated(by: held.mac),
            replacing: held.bytes
        )
        #expect(try bench.store.heldPost(id)?.bytes == [1, 2, 3])
        #expect(throws: ListStoreError.outdated) {
            try bench.store.carryOut(
                [.holdAgain(held)],
                answers: [],
                in: bench.list.id,
                now: OpenerBench.now
            )
        }
    }
}
