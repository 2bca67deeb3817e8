public import Foundation
public import MailingList
import OpenPGP
public import SMTP

/// Carries one message to its outcome, whichever door it came by.
///
/// It judges for every role first and then commits what was accepted, all in
/// one transaction. It never throws: what is thrown below becomes a 451 here,
/// with an alarm, since mail that we could not judge is not ours to refuse.
public struct MessageProcessor: Sendable {
    /// What a door shall answer for one role.
    public enum Outcome: Sendable, Hashable {
        /// Everything is on disk, now or since an earlier time.
        case accepted
        /// Refused; the door says whether anybody is told, and records it.
        case refused(Refusal, detail: String, provenAuthor: EmailAddress?)
        /// The peer comes again.
        case postponed(SMTPReply)
    }

    /// What is told to a peer whose message met a failure of ours.
    public static let failure = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 0),
        "Cannot process this message now, please try again later"
    )
    static let busy = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 2),
        "Too many messages at once, please try again later"
    )

    static let paused = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 2),
        "This list is paused, please try again later"
    )

    let store: any ListStore
    let judge: Judge
    let record: OutcomeRecorder
    let clock: @Sendable () -> Date
    let committed: @Sendable () -> Void

    /// Builds the processor; `committed` rings the distributor's bell.
    public init(
        store: any ListStore,
        judge: Judge,
        record: OutcomeRecorder,
        clock: @escaping @Sendable () -> Date,
        committed: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.judge = judge
        self.record = record
        self.clock = clock
        self.committed = committed
    }

    /// Processes a message for all its roles; one outcome each, in order.
    ///
    /// - Parameters:
    ///   - message: what arrived.
    ///   - recipients: the roles, each once.
    ///   - reference: the MTA's queue id.
    ///   - door: which way it came.
    ///   - isPeerThere: asks whether somebody still waits for the answer.
    /// - Returns: one outcome for each role, in order.
    public func process(
        _ message: ReceivedMessage,
        for recipients: [ListRecipient],
        reference: String,
        door: Door,
        isPeerThere: () -> Bool
    ) -> [Outcome] {
        CrashPoint.received.reached()
        var judgements: [Judgement] = recipients.map { recipient in
            judge.judge(
                message,
                for: recipient,
                messageContext: MessageContext(
                    reference: reference,
                    door: door,
                    recipient: recipient
                ),
                isPeerThere: isPeerThere
            )
        }
        // Once more before the point of no return: without a peer nobody would
        // read the 250, and the message would come twice.
        CrashPoint.sealed.reached()
        if judgements.contains(where: \.isAcceptance), !isPeerThere() {
            return recipients.map { _ in .postponed(Self.failure) }
        }
        commit(&judgements, recipients, reference: reference, door: door)
        CrashPoint.answering.reached()
        return judgements.map(\.outcome)
    }

    private func commit(
        _ judgements: inout [Judgement],
        _ recipients: [ListRecipient],
        reference: String,
        door: Door
    ) {
        // Each round settles one acceptance that lost against another door.
        for _ in 0...judgements.count {
            let indices = judgements.indices.filter { judgements[$0].isAcceptance }
            let acceptances = indices.compactMap { judgements[$0].acceptance }
            guard !acceptances.isEmpty else { return }
            do {
                switch try store.commit(acceptances, now: clock()) {
                case .committed(let copies):
                    CrashPoint.committed.reached()
                    for ((index, copies), acceptance) in zip(zip(indices, copies), acceptances) {
                        let messageContext = MessageContext(
                            reference: reference,
                            door: door,
                            recipient: recipients[index]
                        )
                        record.accepted(messageContext, copies: copies, detail: acceptance.detail)
                        // Sealed by the list's key, and on disk: everything worked.
                        if recipients[index].bounced == nil {
                            record.engine.worked(acceptance.list.id)
                        }
                        judgements[index] = .repeated
                    }
                    committed()
                    return
                case .outdated(let position):
                    // Another mail was faster; this one is judged anew when it returns.
                    judgements[indices[position]] = .postpone(Self.busy)
                case .replay(let position):
                    judgements[indices[position]] = .refuse(
                        .replay,
                        detail: "the same signed content came by another way at once",
                        provenAuthor: nil
                    )
                }
            } catch {
                for index in indices {
                    let messageContext = MessageContext(
                        reference: reference,
                        door: door,
                        recipient: recipients[index]
                    )
                    record.failed(messageContext, error)
                    judgements[index] = .postpone(Self.failure)
                }
                return
            }
        }
    }
}

extension Judgement {
    var acceptance: Acceptance? {
        switch self {
        case .accept(let acceptance): acceptance
        case .repeated, .refuse, .postpone: nil
        }
    }

    var isAcceptance: Bool { acceptance != nil }

    /// The answer, once nothing waits to be committed.
    var outcome: MessageProcessor.Outcome {
        switch self {
        case .repeated: .accepted
        case .refuse(let refusal, let detail, let author):
            .refused(refusal, detail: detail, provenAuthor: author)
        case .accept, .postpone: .postponed(postponement)
        }
    }

    private var postponement: SMTPReply {
        switch self {
        case .postpone(let reply): reply
        case .accept, .repeated, .refuse: MessageProcessor.failure
        }
    }
}
