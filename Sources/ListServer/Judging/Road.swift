public import Foundation
public import MailingList
import SMTP
import Unix

/// The road of a message, from its arrival to what has to be stored and answered.
///
/// Both doors and `listseal explain` walk it; they differ only in what they do with the
/// result. It stores nothing and tells nobody anything.
public struct Road: Sendable {
    let store: any ListStore
    let opener: MessageOpener
    let sealer: Sealer
    let judge: Judge
    let moderation: Moderation
    let clock: @Sendable () -> Date
    private let slots: OpeningSlots
    private let strangers: OpeningSlots
    private let checks: ArrivalChecks
    private let commands: CommandProcessor
    private let failures = FailureCounter()

    /// Builds the road of a process.
    ///
    /// - Parameters:
    ///   - store: Where lists and people are known.
    ///   - opener: Opens messages.
    ///   - sealer: Seals what is accepted.
    ///   - slots: How many messages are open at once.
    ///   - diskSpace: Whether there is room for more copies.
    ///   - clock: The time.
    ///   - jumps: Whether the clock was set.
    public init(
        store: any ListStore,
        opener: MessageOpener,
        sealer: Sealer,
        slots: OpeningSlots,
        diskSpace: DiskSpaceCheck,
        clock: @escaping @Sendable () -> Date,
        jumps: ClockJumpDetector
    ) {
        self.store = store
        self.opener = opener
        self.sealer = sealer
        self.slots = slots
        strangers = slots.share
        self.clock = clock
        checks = ArrivalChecks(store: store, diskSpace: diskSpace, jumps: jumps, clock: clock)
        judge = Judge(store: store, sealer: sealer)
        moderation = Moderation(store: store, opener: opener, sealer: sealer)
        commands = CommandProcessor(
            store: store,
            sealer: sealer,
            judge: judge,
            moderation: moderation
        )
    }

    /// Builds the road of a process over a store and the keys of a sealer.
    ///
    /// - Parameters:
    ///   - store: Where lists and people are known.
    ///   - sealer: Seals what is accepted; its keys open what arrives.
    ///   - openings: How many messages are open at once.
    ///   - disk: A path on the file system where copies wait: its free space bounds what is
    ///     accepted.
    ///   - state: A path on the file system of the state, which must not fill up either.
    ///   - clock: The time.
    ///   - jumps: Whether the clock was set.
    public init(
        store: any ListStore,
        sealer: Sealer,
        openings: Int,
        disk: String,
        state: String,
        clock: @escaping @Sendable () -> Date,
        jumps: ClockJumpDetector
    ) {
        self.init(
            store: store,
            opener: MessageOpener(store: store, keys: sealer.keys),
            sealer: sealer,
            slots: OpeningSlots(count: openings),
            diskSpace: DiskSpaceCheck(
                owedOctets: { try store.owedOctets() },
                freeOctets: { try DiskSpaceCheck.freeOctets(at: disk) },
                freeStateOctets: { try DiskSpaceCheck.freeOctets(at: state) }
            ),
            clock: clock,
            jumps: jumps
        )
    }

    /// What was found on the road.
    struct Journey: Sendable {
        /// The message, if it was opened.
        var opened: OpenedMessage?
        /// The judgement, if it came that far.
        var judgement: Judgement?
        /// What has to happen.
        var disposition: Disposition

        /// Whether the message is not accepted for a reason that a broken engine or key of ours
        /// could have made.
        var mayBeOurFailure: Bool {
            switch judgement?.verdict {
            case .refuse(let refusal) where refusal.dependsOnOpening: true
            case .hold(let refusal) where refusal.dependsOnOpening: true
            case .discard(let refusal) where refusal.dependsOnOpening: true
            default: disposition.refusal?.dependsOnOpening ?? false
            }
        }
    }

    /// Takes a message as far as what has to be stored.
    ///
    /// It never throws: a failure of ours is an outcome, since mail that we could not judge
    /// is not ours to refuse. Before a message is refused, held or dropped for what the engine
    /// says of it, ``ListKeys`` checks the engine and the list's key. If an engine that works
    /// fails on a message, the peer comes again twice; the third time the message is refused.
    ///
    /// - Parameters:
    ///   - message: The message as received.
    ///   - recipient: One role that it is for.
    ///   - openings: What was found for its other roles.
    ///   - isPeerThere: Asks whether somebody still waits for the reply.
    /// - Returns: What was found, and what has to happen.
    func travel(
        _ message: ReceivedMessage,
        for recipient: ListRecipient,
        sharing openings: MessageOpenings = MessageOpenings(),
        isPeerThere: () -> Bool
    ) -> Journey {
        let recipient = ListRecipient(
            list: recipient.list.taking(at: clock()),
            role: recipient.role,
            bounced: recipient.bounced
        )
        let receipt = message.receipt(for: recipient)
        do {
            let journey: Journey
            do {
                journey = try walk(
                    message,
                    for: recipient,
                    receipt,
                    sharing: openings,
                    isPeerThere: isPeerThere
                )
            } catch is MessageOpener.EngineFailed {
                try openings.check(opener.keys, of: recipient.list)
                journey = Journey(disposition: engineFailed(on: receipt))
            }
            // Here no turn is held: whoever waits for a test keeps nobody from being opened.
            if journey.mayBeOurFailure { try openings.check(opener.keys, of: recipient.list) }
            return journey
        } catch {
            return Journey(disposition: .answer(.failed(detail: PlainWords.of(error))))
        }
    }

    private func walk(
        _ message: ReceivedMessage,
        for recipient: ListRecipient,
        _ receipt: Receipt,
        sharing openings: MessageOpenings,
        isPeerThere: () -> Bool
    ) throws -> Journey {
        if let outcome = try checks.outcome(for: recipient, receipt) {
            return Journey(disposition: .answer(outcome))
        }
        guard let purpose = MessagePurpose(recipient.role) else {
            return Journey(
                disposition: BounceCounting.disposition(of: message, for: recipient, receipt)
            )
        }
        var turn = OpeningTurn(openings)
        defer { turn.end() }
        guard turn.begin(in: slots, isPeerThere) else { return Self.busy }
        let opened = try openings.opened(
            message,
            for: recipient.list,
            as: purpose == .command ? .commands : .post,
            by: opener
        )
        CrashPoint.opened.reached()
        if let outcome = try checks.outcome(of: opened, for: recipient.list) {
            return Journey(opened: opened, disposition: .answer(outcome))
        }
        let arrival = Arrival(
            message: message,
            opened: opened,
            recipient: recipient,
            receipt: receipt
        )
        let judgement = try judge(arrival, as: purpose)
        // What a stranger causes from here on waits for other strangers only.
        if !judgement.proof.isProven, purpose != .post || !judgement.verdict.isRefusal {
            guard turn.begin(in: strangers, isPeerThere) else { return Self.busy }
        }
        return try follow(arrival, judgement, as: purpose)
    }

    private static let busy = Journey(
        disposition: .answer(.postponed(.busy, detail: "too many messages are being opened"))
    )

    // The engine works, but not on this message. It may have been killed by chance, so the peer
    // comes again twice.
    private func engineFailed(on receipt: Receipt) -> Disposition {
        failures.isExhausted(countingFailureOf: receipt)
            ? .refuse(.notDecryptable, "the engine failed three times on it")
            : .answer(.postponed(.failure, detail: "the OpenPGP engine failed on this message"))
    }

    private func judge(_ arrival: Arrival, as purpose: MessagePurpose) throws -> Judgement {
        try judge.judge(
            arrival.opened,
            as: purpose,
            for: arrival.recipient.list,
            now: clock()
        )
    }

    private func follow(
        _ arrival: Arrival,
        _ judgement: Judgement,
        as purpose: MessagePurpose
    ) throws -> Journey {
        let now = clock()
        let disposition: Disposition? =
            switch purpose {
            case .post:
                try PostJudging(
                    store: store,
                    moderation: moderation,
                    sealing: PostSealing(store: store, sealer: sealer)
                ).disposition(of: arrival, judgement, now: now)
            case .ownerMail: try ownerMail(arrival, judgement, now: now)
            case .command: try commands.disposition(of: arrival, judgement, now: now)
            }
        guard let disposition else {
            // Mail to the address of commands that is no command, or does not open, is
            // for people.
            return try follow(arrival, judge(arrival, as: .ownerMail), as: .ownerMail)
        }
        return Journey(
            opened: arrival.opened,
            judgement: judgement,
            disposition: disposition
        )
    }

    // Only mail that loops, is too large or holds a secret key is refused.
    private func ownerMail(
        _ arrival: Arrival,
        _ judgement: Judgement,
        now: Date
    ) throws -> Disposition {
        switch judgement.verdict {
        case .refuse(let refusal): return .refuse(refusal, judgement.detail)
        case .discard:
            return .store(arrival.acceptance(.discard, detail: "dropped: \(judgement.detail)"))
        case .accept, .hold:
            let post = try sealer.seal(
                ownerMail: arrival.opened,
                original: arrival.message,
                role: arrival.recipient.role,
                for: arrival.recipient.list,
                now: now
            )
            // A captured signature is claimed here too, so that mail to the owners never
            // becomes a post. If it was seen before, the owners may still read it once.
            return .store(
                arrival.acceptance(
                    .distribute(post, to: .owners),
                    claims: try judgement.claims.filter { try !store.isClaimed($0) }
                )
            )
        }
    }
}
