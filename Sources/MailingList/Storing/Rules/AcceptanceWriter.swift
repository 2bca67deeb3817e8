import Foundation
import OpenPGP
import SMTP

/// Writes what accepted messages change, inside a transaction that its caller commits or
/// rolls back.
struct AcceptanceWriter {
    private let records: any StoreTransaction
    private let now: Date
    // What this commit has claimed: one message for two roles of a list, or with
    // two signatures of one second, is not its own replay.
    private var claimed: Set<Claim> = []
    private var sighted: Set<[UInt8]> = []

    private struct Claim: Hashable {
        let list: MailingList.ID
        let digest: [UInt8]
    }

    init(_ records: any StoreTransaction, now: Date) {
        self.records = records
        self.now = now
    }

    /// Writes everything that is new; stops at the first replay.
    ///
    /// Throws ``ListStoreError/noReader`` and ``ListStoreError/notFound`` as
    /// ``PostRecords/commit(_:now:)`` says.
    mutating func write(_ acceptances: [Acceptance]) throws -> CommitResult {
        var copies: [Int?] = []
        for (index, acceptance) in acceptances.enumerated() {
            guard try records.insert(acceptance.receipt, now: now) else {
                copies.append(nil)
                continue
            }
            let list = try records.list(acceptance.list.id)
            // Sealed to a key that the list has no more, nobody could open it.
            if let list, !list.accepts(sealedTo: acceptance.list.fingerprint, at: now) {
                return .outdated(index: index)
            }
            for claim in acceptance.claims where try !insert(claim, of: acceptance.list) {
                return .replay(index: index)
            }
            let settings = list?.settings ?? acceptance.list.settings
            let id = acceptance.list.id
            guard let owed = try follow(acceptance.effect, of: id, settings) else {
                return .outdated(index: index)
            }
            copies.append(owed + (try records.send(acceptance.resent, of: id, now: now)))
            // Others of the same author were judged at the same time, and committed first.
            guard try count(acceptance, settings) else { return .outdated(index: index) }
        }
        try records.advanceClock(to: now)
        return .committed(copies: copies)
    }

    // Counts a post of its author; false if they may post no more that day.
    private func count(_ acceptance: Acceptance, _ settings: ListSettings) throws -> Bool {
        guard let author = acceptance.author else { return true }
        let day = UTCDay(now)
        let limit = DailyPostLimit(settings)
        if case .distribute = acceptance.effect, !limit.isUnlimited {
            let accepted = try records.acceptedPosts(of: author, on: day)
            let roles = try records.person(author).roles
            guard limit.allows(accepted, of: roles) else { return false }
        }
        try records.countPost(of: author, on: day)
        return true
    }

    private mutating func insert(_ claim: SignatureClaim, of list: MailingList) throws -> Bool {
        guard claimed.insert(Claim(list: list.id, digest: claim.digest)).inserted else {
            return true
        }
        let retention = Retention(now: now)
        guard try records.insert(claim, of: list.id, until: retention.end(of: claim)) else {
            return false
        }
        try records.noteSighting(of: claim, in: list.id, until: retention.endOfSighting)
        // One message to two lists is its author's own doing.
        if sighted.insert(claim.sighting).inserted,
            try records.isSighted(claim, besides: list.id, now: now)
        {
            try records.count(.seenElsewhere, of: list.id)
        }
        return true
    }

    // Nil if it was decided on a state that has changed meanwhile.
    private func follow(
        _ effect: Acceptance.Effect,
        of list: MailingList.ID,
        _ settings: ListSettings
    ) throws -> Int? {
        let writer = TransitionWriter(records: records, list: list, now: now)
        switch effect {
        case .carryOut(let changes, let answers):
            guard try writer.applies(changes) else { return nil }
            return try records.send(answers, of: list, now: now)
        case .hold(let post, let notice):
            try records.insert(post)
            return try records.send([notice], of: list, now: now)
        case .discard: return 0
        case .countBounce(let bounce, let subscriber):
            let person = try records.person(subscriber)
            guard person.list == list else { throw ListStoreError.notFound }
            try BounceLimit.count(bounce, of: person, settings: settings, now: now, in: records)
            // It suspends nobody, so nothing else would tell the owners.
            if bounce.kind == .content {
                let said = [bounce.status?.description, bounce.detail].compactMap(\.self)
                let reason = said.filter { !$0.isEmpty }.joined(separator: " ")
                try records.noteMissed(
                    person.address.description,
                    MissedCopyFacts(messageID: nil, reason: reason, delivery: nil),
                    of: list,
                    now: now
                )
            }
            return 0
        case .distribute(let post, let audience):
            let copies = try writer.distribute(post, to: audience)
            // Nobody would ever be told of mail to the owners: the peer must keep it.
            if audience == .owners, copies == 0 { throw ListStoreError.noReader }
            return copies
        }
    }
}

extension MailingList {
    /// Whether what is sealed to a key can be opened at a time: the list's key, or the
    /// previous one until its end.
    func accepts(sealedTo key: Fingerprint, at now: Date) -> Bool {
        key == fingerprint || previousKey.map { $0.fingerprint == key && $0.ends > now } ?? false
    }
}
