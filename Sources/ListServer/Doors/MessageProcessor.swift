public import Foundation
public import MailingList
import SMTP
import Unix

/// Carries one message to its outcomes, whichever door it came by.
///
/// It takes the road for every role first, and then commits what was accepted, all in one
/// transaction. It never throws: a failure of ours is an outcome, with a 451 and an alarm.
public struct MessageProcessor: Sendable {
    private let store: any ListStore
    private let road: Road
    private let clock: @Sendable () -> Date
    private let committed: @Sendable () -> Void

    /// - Parameters:
    ///   - store: Where acceptances are committed.
    ///   - road: Judges and seals.
    ///   - clock: The time.
    ///   - committed: Called when something new is owed.
    public init(
        store: any ListStore,
        road: Road,
        clock: @escaping @Sendable () -> Date,
        committed: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.road = road
        self.clock = clock
        self.committed = committed
    }

    /// Processes a message for all its roles.
    ///
    /// - Parameters:
    ///   - message: The message as received.
    ///   - recipients: The roles, each once.
    ///   - openings: What was found of it for other recipients, and for these.
    ///   - isPeerThere: Asks whether somebody still waits for the reply.
    /// - Returns: One outcome for each role, in order; the door records them.
    public func process(
        _ message: ReceivedMessage,
        for recipients: [ListRecipient],
        sharing openings: MessageOpenings = MessageOpenings(),
        isPeerThere: () -> Bool
    ) -> [Outcome] {
        CrashPoint.received.reached()
        var dispositions = recipients.map {
            road.travel(message, for: $0, sharing: openings, isPeerThere: isPeerThere)
                .disposition
        }
        // Once more before the point of no return: without a peer nobody would read the 250,
        // and the message would come twice.
        CrashPoint.sealed.reached()
        if dispositions.contains(where: { $0.acceptance != nil }), !isPeerThere() {
            return recipients.map { _ in
                .postponed(.failure, detail: "the client was gone before the reply")
            }
        }
        commit(&dispositions)
        CrashPoint.answering.reached()
        return dispositions.map { disposition in
            switch disposition {
            case .answer(let outcome): outcome
            case .store, .storeAndAnswer: .failed(detail: "it could not be committed")
            }
        }
    }

    private func commit(_ dispositions: inout [Disposition]) {
        // Each round settles one acceptance that lost against another door.
        for _ in 0...dispositions.count {
            let indices = dispositions.indices.filter { dispositions[$0].acceptance != nil }
            let acceptances = indices.compactMap { dispositions[$0].acceptance }
            guard !acceptances.isEmpty else { return }
            do {
                switch try store.commit(acceptances, now: clock()) {
                case .committed(let copies):
                    CrashPoint.committed.reached()
                    for (index, copies) in zip(indices, copies) {
                        dispositions[index] = .answer(
                            Self.outcome(of: dispositions[index], copies: copies)
                        )
                    }
                    committed()
                    return
                case .outdated(let position):
                    // Another mail was faster; this one is judged anew when it returns.
                    dispositions[indices[position]] = .answer(
                        .postponed(.busy, detail: "another mail changed the same thing at once")
                    )
                case .replay(let position):
                    dispositions[indices[position]] = .refuse(
                        .replay,
                        "the same content came by another way at once"
                    )
                }
            } catch {
                for index in indices {
                    dispositions[index] = .answer(.failed(detail: PlainWords.of(error)))
                }
                return
            }
        }
    }

    private static func outcome(of disposition: Disposition, copies: Int?) -> Outcome {
        switch disposition {
        case .store(let acceptance):
            copies.map { .accepted(copies: $0, detail: acceptance.detail) } ?? .repeated
        case .storeAndAnswer(_, let outcome), .answer(let outcome): outcome
        }
    }
}
