import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@Suite("Rules of storing")
struct StoringRuleTests {
    private static func days(
        _ kinds: [(day: Int, kind: Bounce.Kind)]
    ) -> [(
        received: Date, bounce: Bounce
    )] {
        kinds.map { (StoreSamples.time($0.day * 86_400), StoreSamples.bounce($0.kind)) }
    }

    private static func limit(hard: Int, soft: Int) -> BounceLimit {
        var settings = ListSettings()
        settings.hardBounceDays = hard
        settings.softBounceDays = soft
        return BounceLimit(settings)
    }

    @Test(
        "bounces suspend on as many days as the settings say, of the last thirty",
        arguments: [
            (3, 0, [(0, Bounce.Kind.hard), (1, .hard)], 1, false),
            (3, 0, [(0, .hard), (1, .hard), (2, .hard)], 2, true),
            (3, 0, [(0, .hard), (1, .soft), (2, .hard)], 2, false),
            (0, 3, [(0, .hard), (1, .soft), (2, .hard)], 2, true),
            (0, 0, [(0, .hard), (1, .hard), (2, .hard)], 2, false),
            // The first day is thirty days ago, to the second.
            (3, 0, [(0, .hard), (1, .hard), (30, .hard)], 30, false),
            (3, 0, [(0, .hard), (1, .hard), (29, .hard)], 29, true),
            // A refusal of content or size says nothing about the address.
            (1, 1, [(0, .content), (1, .content), (2, .content)], 2, false),
        ] as [(Int, Int, [(day: Int, kind: Bounce.Kind)], Int, Bool)]
    )
    func suspension(
        _ hard: Int,
        _ soft: Int,
        _ kinds: [(day: Int, kind: Bounce.Kind)],
        _ today: Int,
        _ suspends: Bool
    ) {
        let limit = Self.limit(hard: hard, soft: soft)
        let now = StoreSamples.time(today * 86_400)
        #expect(limit.suspends(Self.days(kinds), now: now) == suspends)
    }

    @Test("of one day the worse bounce is kept, and of two soft ones the later")
    func worst() {
        #expect(BounceLimit.replaces(nil))
        #expect(BounceLimit.replaces(StoreSamples.bounce(.soft)))
        #expect(!BounceLimit.replaces(StoreSamples.bounce(.hard)))
        #expect(!BounceLimit.replaces(StoreSamples.bounce(.soft), by: .content))
        #expect(!BounceLimit.replaces(StoreSamples.bounce(.hard), by: .content))
        #expect(BounceLimit.replaces(StoreSamples.bounce(.content), by: .content))
    }

    @Test("an address gets one unasked mail a day, and all of them 500 an hour")
    func replies() {
        func allows(after seconds: Int?, onList: Bool = false, lately: Int = 0) -> Bool {
            ReplyLimit.allows(
                latest: seconds.map { StoreSamples.time(-$0) },
                isOnList: onList,
                repliesInLastHour: lately,
                now: StoreSamples.start
            )
        }
        #expect(allows(after: nil) && allows(after: 86_400))
        #expect(!allows(after: 86_399) && !allows(after: 86_399, onList: true))
        #expect(allows(after: nil, lately: 499) && !allows(after: nil, lately: 500))
        // Strangers who use the hour up keep nobody from leaving.
        #expect(allows(after: nil, onList: true, lately: 500))
    }

    @Test("a day's posts are limited for who is neither owner nor moderator")
    func dailyPosts() {
        var settings = ListSettings()
        #expect(DailyPostLimit(settings).isUnlimited)
        #expect(DailyPostLimit(settings).allows(1000, of: .subscriber))
        settings.dailyPosts = 2
        let limit = DailyPostLimit(settings)
        #expect(limit.allows(1, of: .subscriber) && !limit.allows(2, of: .subscriber))
        #expect(!limit.allows(2, of: .nonmember))
        #expect(limit.allows(2, of: [.subscriber, .moderator]) && limit.allows(2, of: .owner))
    }

    @Test(
        "a role that is removed ends the copies that only it was owed",
        arguments: [
            ([.subscriber], [.subscriber, .owner], true, false),
            ([.owner], [.subscriber, .owner], false, true),
            ([.moderator], [.subscriber, .moderator], false, true),
            ([.moderator], [.moderator, .owner], false, false),
            ([.owner], [.moderator, .owner], false, true),
            ([.nonmember], [.owner, .nonmember], false, false),
        ] as [(Subscriber.Roles, Subscriber.Roles, Bool, Bool)]
    )
    func roles(
        _ removed: Subscriber.Roles,
        _ held: Subscriber.Roles,
        _ endsPosts: Bool,
        _ endsOthers: Bool
    ) {
        let removal = RoleRemoval(removed, of: held)
        #expect(removal.remaining == held.subtracting(removed))
        for kind in SealedPost.Kind.allCases {
            let ends = kind.isPost ? endsPosts : endsOthers
            #expect(removal.endedCopies.contains(kind) == ends, "\(kind)")
        }
        #expect(removal.endedWorkflows == (endsPosts ? [.unsubscription] : []))
    }

    @Test("who loses the last role loses what they began, and a stranger's join goes on")
    func lastRole() {
        let removal = RoleRemoval([.subscriber, .owner], of: .subscriber)
        #expect(removal.remaining.isEmpty)
        #expect(
            Set(removal.endedWorkflows) == Set(Workflow.Kind.allCases).subtracting([.subscription])
        )
    }

    @Test("another key ends what was begun about the one before")
    func keys() throws {
        let old = try StoreSamples.certificate(1)
        let blind = try StoreSamples.certificate(2, canEncrypt: false)
        let next = try StoreSamples.certificate(2)
        #expect(KeyReplacement(of: nil, by: next).endedWorkflows.isEmpty)
        let same = KeyReplacement(of: old, by: old)
        #expect(same.endedWorkflows.isEmpty && !same.endsCertifications)
        let replaced = KeyReplacement(of: old, by: next)
        #expect(replaced.endsCertifications)
        #expect(Set(replaced.endedWorkflows) == [.keyChange, .keyUpdate, .subscription, .keyReset])
        // A key that cannot encrypt leaves the way to a new one open.
        #expect(!KeyReplacement(of: old, by: blind).endedWorkflows.contains(.keyReset))
    }

    @Test("what leaves in clear and what has no content need no key")
    func audiences() {
        let clear = AudienceFilter(.subscribers(except: 7), for: .clearPost)
        #expect(clear.key == .any && clear.except == 7 && clear.withoutKey == nil)
        let post = AudienceFilter(.subscribers(except: 7), for: .post)
        #expect(post.key == .usable && post.roles == .subscriber && post.delivery == .active)
        #expect(
            post.withoutKey == AudienceFilter(roles: .subscriber, delivery: .active, key: .unusable)
        )
        #expect(AudienceFilter(.owners, for: .summons).key == .any)
        #expect(AudienceFilter(.owners, for: .ownerMail) == .owners)
        #expect(AudienceFilter(.everybody, for: .post).delivery == nil)
    }

    @Test("records are kept as long as something can ask for them")
    func retention() throws {
        let retention = Retention(now: StoreSamples.start)
        #expect(retention.bounces == StoreSamples.time(-30 * 86_400))
        #expect(retention.heldPosts == StoreSamples.time(-14 * 86_400))
        #expect(retention.heldWarnings == StoreSamples.time(-3 * 86_400))
        var settings = ListSettings()
        settings.archiveDays = 2
        #expect(retention.archivedPosts(settings) == StoreSamples.time(-2 * 86_400))
        let claim = SignatureClaim(
            digest: [1],
            sighting: [2],
            signed: StoreSamples.time(-400 * 86_400)
        )
        let oldest = ListSettings.signatureMaximumAges.upperBound
        #expect(retention.end(of: claim) == StoreSamples.time(oldest))
    }
}
