import Foundation
import GRDB
import MailingList

/// Takes messages, inside a transaction that its caller commits or rolls back.
struct Commit {
    let db: Database
    let now: Date
    // What this commit has claimed: one message for two roles of a list, or with
    // two signatures of one second, is not its own replay.
    private var claimed: Set<Claim> = []
    private var sighted: Set<[UInt8]> = []

    private struct Claim: Hashable {
        let list: MailingList.ID
        let digest: [UInt8]
    }

    init(_ db: Database, now: Date) {
        self.db = db
        self.now = now
    }

    /// Writes everything that is new; stops at the first replay.
    mutating func take(_ acceptances: [Acceptance]) throws -> CommitResult {
        var copies: [Int?] = []
        for (index, acceptance) in acceptances.enumerated() {
            guard try ReceiptRecord.insert(acceptance.receipt, now: now, in: db) else {
                copies.append(nil)
                continue
            }
            // Sealed to a key that the list has no more, nobody could open it.
            guard try ListRecord.isInForce(acceptance.list, now: now, in: db) else {
                return .outdated(index: index)
            }
            for claim in acceptance.claims where try !insert(claim, of: acceptance.list) {
                return .replay(index: index)
            }
            guard let owed = try follow(acceptance.effect, of: acceptance.list.id) else {
                return .outdated(index: index)
            }
            let resent = try TransitionCarrier(db: db, list: acceptance.list.id, now: now)
                .send(acceptance.resent)
            copies.append(owed + resent)
            if let author = acceptance.author {
                // Others of hers were judged at the same time, and taken first.
                guard try hasRoom(for: acceptance, by: author) else {
                    return .outdated(index: index)
                }
                try PostedRecord.count(author, now: now, in: db)
            }
        }
        try ClockRecord.advance(to: now, in: db)
        return .committed(copies: copies)
    }

    private func hasRoom(
        for acceptance: Acceptance,
        by author: Subscriber.ID
    ) throws -> Bool {
        guard case .distribute = acceptance.effect else { return true }
        let limit = try SettingRecord.settings(of: acceptance.list.id, in: db).dailyPosts
        guard limit > 0 else { return true }
        let roles = try SubscriberRecord.get(author, in: db).roles
        return try !roles.isDisjoint(with: .deciders)
            || PostedRecord.posts(of: author, on: now, in: db) < limit
    }

    private mutating func insert(_ claim: SignatureClaim, of list: MailingList) throws -> Bool {
        guard claimed.insert(Claim(list: list.id, digest: claim.digest)).inserted else {
            return true
        }
        guard try ClaimRecord.insert(claim, of: list.id, now: now, in: db) else { return false }
        try note(claim, of: list.id)
        return true
    }

    // One message to two lists is its author's own doing.
    private mutating func note(_ claim: SignatureClaim, of list: MailingList.ID) throws {
        let isElsewhere = try SightingRecord.insert(claim, of: list, now: now, in: db)
        guard sighted.insert(claim.sighting).inserted, isElsewhere else { return }
        try CounterRecord.count(.seenElsewhere, of: list, in: db)
    }

    // Nil if it was decided on a state that is gone.
    private func follow(_ effect: Acceptance.Effect, of list: MailingList.ID) throws -> Int? {
        switch effect {
        case .carryOut(let changes, let answers):
            let carrier = TransitionCarrier(db: db, list: list, now: now)
            guard try carrier.applies(changes) else { return nil }
            return try carrier.send(answers)
        case .hold(let post, let notice):
            try HeldRecord.insert(post, in: db)
            // Without a reader among owners and moderators the peer must keep it.
            return try TransitionCarrier(db: db, list: list, now: now).send([notice])
        case .discard: return 0
        case .countBounce(let bounce, let subscriber):
            guard try SubscriberRecord.get(subscriber, in: db).list == list else {
                throw ListStoreError.notFound
            }
            try BounceRecord.count(
                bounce,
                of: subscriber,
                limits: SettingRecord.settings(of: list, in: db),
                now: now,
                in: db
            )
            return 0
        case .distribute(let post, let audience):
            let people = AudienceQuery(audience, for: post.kind)
            let copies = try PostRecord.distribute(post, of: list, to: people, now: now, in: db)
            try ArchiveRecord.keep(post, of: list, in: db)
            switch audience {
            case .subscribers, .everybody: break
            case .owners:
                // Nobody would ever be told of it: the peer must keep it.
                guard copies > 0 else { throw ListStoreError.noReader }
            }
            try people.markUnusable(list: list, now: now, in: db)
            return copies
        }
    }
}
