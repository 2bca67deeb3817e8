public import Foundation
import MIME
public import MailingList
import OpenPGP
import SMTP

/// Judges one message for one role: asks, opens, and applies the policies.
public struct Judge: Sendable {
    let store: any ListStore
    let opener: MessageOpener
    let sealer: Sealer
    let slots: OpeningSlots
    let failures: FailureCounter
    let room: DiskSpaceCheck
    let record: OutcomeRecorder
    let clock: @Sendable () -> Date
    let watch: ClockJumpDetector
    private let commands: CommandProcessor
    private let moderation: Moderation

    /// Builds the judge.
    public init(
        store: any ListStore,
        opener: MessageOpener,
        sealer: Sealer,
        slots: OpeningSlots,
        room: DiskSpaceCheck,
        record: OutcomeRecorder,
        clock: @escaping @Sendable () -> Date,
        watch: ClockJumpDetector
    ) {
        self.store = store
        self.opener = opener
        self.sealer = sealer
        self.slots = slots
        failures = FailureCounter()
        self.room = room
        self.record = record
        self.clock = clock
        self.watch = watch
        moderation = Moderation(store: store, opener: opener, sealer: sealer)
        commands = CommandProcessor(
            store: store,
            sealer: sealer,
            moderation: moderation,
            clock: clock
        )
    }

    func judge(
        _ message: ReceivedMessage,
        for recipient: ListRecipient,
        messageContext: MessageContext,
        isPeerThere: () -> Bool
    ) -> Judgement {
        let recipient = ListRecipient(
            list: recipient.list.taking(at: clock()),
            role: recipient.role,
            bounced: recipient.bounced
        )
        let receipt = Receipt(
            list: recipient.list,
            role: recipient.role,
            messageID: recipient.role.isCommand
                ? message.commandIdentity + recipient.role.detail : message.messageID,
            body: message.body
        )
        do {
            if try store.hasReceipt(receipt) {
                record.accepted(messageContext, copies: nil)
                return .repeated
            }
            if try isClockSetBack() {
                record.postponed(
                    messageContext,
                    detail: "the clock was set back while the daemon ran"
                )
                return .postpone(MessageProcessor.failure)
            }
            if let full = try room.refusal() {
                record.postponed(messageContext, detail: "the disk has no room for more copies")
                return .postpone(full)
            }
            return try decide(message, recipient, receipt, messageContext, isPeerThere)
        } catch is MessageOpener.EngineFailed {
            guard failures.isExhausted(countingFailureOf: receipt) else {
                record.postponed(
                    messageContext,
                    detail: "the OpenPGP engine failed on this message"
                )
                return .postpone(MessageProcessor.failure)
            }
            return refuse(.notDecryptable, "the engine failed three times on it", nil)
        } catch {
            record.failed(messageContext, error)
            return .postpone(MessageProcessor.failure)
        }
    }

    // Signatures that are too old would be fresh again.
    private func isClockSetBack() throws -> Bool {
        guard let jump = watch.jump(), jump < 0 else { return false }
        try store.raise(.clock, detail: Janitor.detail(jump), now: clock())
        return true
    }

    private func decide(
        _ message: ReceivedMessage,
        _ recipient: ListRecipient,
        _ receipt: Receipt,
        _ messageContext: MessageContext,
        _ isPeerThere: () -> Bool
    ) throws -> Judgement {
        if recipient.list.settings.isPaused,
            recipient.role == .posting || recipient.role.isCommand
        {
            // Whatever it is: a stranger learns that the list exists, and nothing else.
            record.postponed(
                messageContext,
                detail: "the list is paused; 'listseal list resume' ends that"
            )
            return .postpone(MessageProcessor.paused)
        }
        switch recipient.role {
        case .bounces:
            // Counted, never opened: a bounce may quote anything.
            guard let subscriber = recipient.bounced else {
                return refuse(.unknownAddress, "no such token", nil)
            }
            let bounce = BounceReader.bounce(in: message)
            return .accept(
                Acceptance(
                    list: recipient.list,
                    receipt: receipt,
                    claims: [],
                    effect: bounce.map { .countBounce($0, of: subscriber) } ?? .discard,
                    detail: bounce.map {
                        "\($0.kind.rawValue) \($0.status?.description ?? "without a code")"
                    } ?? "it says nothing of the address"
                )
            )
        case .posting, .owner, .postmaster, .abuse, .request, .join, .leave, .confirm,
            .sendkey:
            switch slots.enter(isPeerThere: isPeerThere) {
            case .entered: break
            case .abandoned, .timedOut:
                record.postponed(messageContext, detail: "too many messages are being opened")
                return .postpone(MessageProcessor.busy)
            }
            defer { slots.leave() }
            let opened = try opener.open(
                message,
                for: recipient.list,
                as: recipient.role.isCommand ? .commands : .post
            )
            CrashPoint.opened.reached()
            if recipient.role.isCommand {
                return try commands.judge(opened, message, recipient, receipt)
                    ?? ownerMail(opened, message, recipient, receipt, messageContext)
            }
            return recipient.role == .posting
                ? try post(opened, message, recipient, receipt, messageContext)
                : try ownerMail(opened, message, recipient, receipt, messageContext)
        }
    }

    private func post(
        _ opened: OpenedMessage,
        _ message: ReceivedMessage,
        _ recipient: ListRecipient,
        _ receipt: Receipt,
        _ messageContext: MessageContext
    ) throws -> Judgement {
        let (list, now) = (recipient.list, clock())
        let context = PolicyContext(
            list: list,
            now: now,
            posted: { [store] in try store.posts(of: $0, on: now) },
            isClaimed: store.isClaimed
        )
        var opened = opened
        if opened.claims.isEmpty, let content = opened.content, let from = opened.from.first {
            // What no good signature covers can come again as well: we alone tell that it does.
            opened.claims = [
                sealer.claim(ofUnsigned: content.entity, from: from, list: list, now: now)
            ]
            // And whoever carries it can give it another From.
            if let ciphertext = opened.ciphertext {
                opened.claims.append(sealer.claim(of: ciphertext, list: list, now: now))
            }
        }
        let ruling = try StandardPolicies.ruling(on: opened, in: context)
        let isProven = SignaturePolicy().judge(opened, in: context) == .passes
        // What she did not write, or others send again, must not use up what she may.
        let isHers =
            isProven && !ruling.overlooked.contains { $0 == .replay || $0 == .staleSignature }
        func accept(
            _ effect: Acceptance.Effect,
            _ detail: String = "",
            resent: [SealedAnswer] = []
        ) -> Judgement {
            .accept(
                Acceptance(
                    list: list,
                    receipt: receipt,
                    claims: opened.claims,
                    effect: effect,
                    resent: resent,
                    author: isHers ? opened.author?.id : nil,
                    detail: detail
                )
            )
        }
        switch ruling.verdict {
        case .refuse(.replay) where try store.hasReceipt(receipt):
            // The same delivery, taken by another session while this one opened it.
            record.accepted(messageContext, copies: nil)
            return .repeated
        case .refuse(let refusal):
            return refuse(refusal, ruling.detail, isProven ? opened.author?.address : nil)
        case .discard(let refusal):
            // Nobody is told, so nothing is noted that could tell.
            opened.claims = []
            opened.author = nil
            return accept(.discard, "dropped, \(refusal.rawValue): \(ruling.detail)")
        case .hold(let refusal):
            let totals = try store.heldTotals(of: list.id)
            guard totals.count < HeldPost.maximumCount, totals.octets < HeldPost.maximumOctets
            else {
                record.postponed(messageContext, detail: "too many posts wait for a moderator")
                return .postpone(MessageProcessor.busy)
            }
            // A replay waits without a claim, which is another's.
            if refusal == .replay || ruling.overlooked.contains(.replay) { opened.claims = [] }
            return accept(
                try moderation.hold(
                    message,
                    opened,
                    for: list,
                    [refusal] + ruling.overlooked.filter { $0 != refusal },
                    ruling.detail,
                    now: now
                ),
                "held, \(refusal.rawValue): \(ruling.detail)"
            )
        case .accept:
            guard opened.content != nil else {
                return refuse(
                    ruling.overlooked.first ?? .malformedInside,
                    "there is nothing in it that could be distributed",
                    nil
                )
            }
            if ruling.overlooked.contains(.replay) { opened.claims = [] }
            let skipped =
                list.settings.deliversOwnPosts || !isProven ? nil : opened.author?.id
            let resent = try Forwarder(store: store, sealer: sealer).outcome(
                of: opened,
                isProven: isHers,
                for: list,
                now: now
            )
            return accept(
                .distribute(
                    try sealer.seal(
                        post: opened,
                        overlooked: ruling.overlooked,
                        resent: resent.lines,
                        for: list,
                        now: now
                    ),
                    to: .subscribers(except: skipped)
                ),
                resent.answers.isEmpty ? "" : "sent on to \(resent.answers.count) outside",
                resent: resent.answers
            )
        }
    }

    // Mail to the owners may be clear, unsigned and broken: it is how people
    // ask for help. Only what loops, is too large or holds a secret key is refused.
    private func ownerMail(
        _ opened: OpenedMessage,
        _ message: ReceivedMessage,
        _ recipient: ListRecipient,
        _ receipt: Receipt,
        _ messageContext: MessageContext
    ) throws -> Judgement {
        let context = PolicyContext(list: recipient.list, now: clock(), isClaimed: store.isClaimed)
        for policy: any PostingPolicy in [LoopPolicy(), SizePolicy(), SetupMessagePolicy()] {
            switch try policy.judge(opened, in: context) {
            case .passes: continue
            case .refuses(let refusal, let detail): return refuse(refusal, detail, nil)
            }
        }
        if opened.spamVerdict != nil {
            switch recipient.list.settings.actions[.spam] {
            case .reject: return refuse(.spam, opened.spamVerdict ?? "", nil)
            case .discard:
                return .accept(
                    Acceptance(
                        list: recipient.list,
                        receipt: receipt,
                        claims: [],
                        effect: .discard,
                        detail: "dropped: \(opened.spamVerdict ?? "")"
                    )
                )
            case .accept, .hold, .ignore: break
            }
        }
        // A captured signature is claimed here too, so that mail to the owners
        // never becomes a post; seen before, it is still theirs to read once.
        return .accept(
            Acceptance(
                list: recipient.list,
                receipt: receipt,
                claims: try opened.claims.filter { try !store.isClaimed($0) },
                effect: .distribute(
                    try sealer.seal(
                        ownerMail: opened,
                        original: message,
                        role: recipient.role,
                        for: recipient.list,
                        now: clock()
                    ),
                    to: .owners
                )
            )
        )
    }

    private func refuse(
        _ refusal: Refusal,
        _ detail: String,
        _ author: EmailAddress?
    ) -> Judgement {
        .refuse(refusal, detail: detail, provenAuthor: author)
    }
}
