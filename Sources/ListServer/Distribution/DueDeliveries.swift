import Foundation
import GnuPG
import Logging
import MailingList
import NIOCore
import OpenPGP
import SMTP
import Submission

/// Gives windows of deliveries to the sessions; each window belongs to one post.
///
/// It reads the delivery rows once, in their order. It opens a post for its first copy,
/// and keeps it until another post follows.
actor DueDeliveries {
    /// A number of deliveries of one post.
    struct Window: Sendable {
        let source: CopyMaker
        let list: MailingList
        let post: SealedPost
        let deliveries: [Delivery]
        let pool: BlockingPool

        /// Makes the copies, and returns the outcome of deliveries that get none.
        func messages(
            now: Date
        ) async throws -> (
            messages: [SubmissionMessage], settled: [(Delivery.ID, Delivery.Outcome)]
        ) {
            try await pool.run {
                var messages: [SubmissionMessage] = []
                var settled: [(Delivery.ID, Delivery.Outcome)] = []
                for delivery in deliveries {
                    switch try source.copy(for: delivery, now: now) {
                    case .success(let parts):
                        messages.append(message(delivery, parts))
                    case .failure(.keyUnusable):
                        settled.append((delivery.id, .keyUnusable))
                    case .failure(.failed(let reason)):
                        let pause = Backoff.copies.pause(afterFailures: delivery.attempts + 1)
                        settled.append(
                            (
                                delivery.id,
                                .postponed(until: now.addingTimeInterval(pause), reason: reason)
                            )
                        )
                    }
                }
                return (messages, settled)
            }
        }

        private func reversePath(of delivery: Delivery) -> ReversePath {
            if let token = delivery.token {
                return .address(list.address(of: .bounces(token: token.description)))
            }
            switch post.kind {
            // Owners get these bounces; nobody else on the list would learn of them.
            case .resent, .clearResent: return .address(list.address(of: .owner))
            // RFC 3834 §3.3: an automatic reply has the null reverse-path.
            case .post, .clearPost, .ownerMail, .summons, .answer, .clearAnswer: return .null
            }
        }

        private func message(_ delivery: Delivery, _ parts: [ByteBuffer]) -> SubmissionMessage {
            SubmissionMessage(
                id: delivery.id,
                reversePath: reversePath(of: delivery),
                recipient: delivery.recipient,
                envelopeID: post.identifier,
                parts: parts
            )
        }
    }

    private let store: any ListStore
    private let sealer: Sealer
    private let limits: Distributor.Limits
    private let pool: BlockingPool
    private let engine: EngineAlarm
    private let clock: @Sendable () -> Date
    private let logger: Logger
    private var cursor: Delivery.ID = 0
    private var waiting: [Delivery] = []
    private var current: (row: Int64, source: CopyMaker, list: MailingList, post: SealedPost)?
    // The posts that cannot be opened in this pass, with the reason.
    private var broken: [Int64: String] = [:]
    // The posts that their lists did not seal.
    private var planted: [Int64: CopyError] = [:]
    private var isBusy = false
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(
        store: any ListStore,
        sealer: Sealer,
        limits: Distributor.Limits,
        pool: BlockingPool,
        engine: EngineAlarm,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.sealer = sealer
        self.limits = limits
        self.pool = pool
        self.engine = engine
        self.clock = clock
        self.logger = logger
    }

    /// The next window; nil if no more deliveries are due.
    func next() async throws -> Window? {
        await lock()
        defer { unlock() }
        while true {
            if waiting.isEmpty { try await refill() }
            guard let first = waiting.first else { return nil }
            guard let source = try await source(of: first.post) else {
                let skipped = waiting.filter { $0.post == first.post }
                waiting.removeAll { $0.post == first.post }
                if let reason = broken[first.post] { try await postpone(skipped, reason) }
                // Without this each pass would open these posts again.
                if let error = planted[first.post] {
                    try await postpone(skipped, error.description)
                }
                continue
            }
            let count = max(1, min(limits.window, limits.windowOctets / max(1, source.source.size)))
            let deliveries = Array(waiting.prefix { $0.post == first.post }.prefix(count))
            waiting.removeFirst(deliveries.count)
            return Window(
                source: source.source,
                list: source.list,
                post: source.post,
                deliveries: deliveries,
                pool: pool
            )
        }
    }

    private func refill() async throws {
        let (store, cursor, now, limit) = (store, cursor, clock(), limits.window)
        waiting = try await pool.run {
            try store.dueDeliveries(after: cursor, now: now, limit: limit)
        }
        self.cursor = waiting.last?.id ?? cursor
    }

    private func source(
        of row: Int64
    ) async throws -> (row: Int64, source: CopyMaker, list: MailingList, post: SealedPost)? {
        if let current, current.row == row { return current }
        current = nil
        guard broken[row] == nil, planted[row] == nil else { return nil }
        let (store, sealer, now) = (store, sealer, clock())
        do {
            current = try await pool.run {
                guard let (list, post) = try store.post(row) else { return nil }
                let source = try CopyMaker(list: list, post: post, sealer: sealer)
                return (row, source, list, post)
            }
        } catch let error as CopyError {
            planted[row] = error
            logger.critical("\(error)", metadata: ["post": "\(row)"])
            try await pool.run { try store.raise(error.alarm, detail: "post \(row)", now: now) }
        } catch  where error is OpenPGPError || error is RekeyingError {
            // The failure concerns this list only. Other lists continue.
            broken[row] = "\(error)"
            logger.error(
                "a post cannot be opened, and stays owed: \(error)",
                metadata: ["post": "\(row)"]
            )
        }
        let (engine, reason) = (engine, broken[row])
        try await pool.run { [list = current?.list.id] in
            if let list {
                engine.worked(list)
            } else if let reason, let list = try store.post(row)?.list {
                engine.failed(list.id, detail: "post \(row): \(reason)")
            }
        }
        return current
    }

    private func postpone(_ deliveries: [Delivery], _ reason: String) async throws {
        let (store, now) = (store, clock())
        try await pool.run {
            try store.settle(
                deliveries.map { delivery in
                    let pause = Backoff.copies.pause(afterFailures: delivery.attempts + 1)
                    return (
                        delivery.id,
                        .postponed(until: now.addingTimeInterval(pause), reason: reason)
                    )
                },
                now: now
            )
        }
    }

    // Actors are reentrant at each await, but windows must not overlap.
    private func lock() async {
        if isBusy {
            await withCheckedContinuation { queue.append($0) }
        } else {
            isBusy = true
        }
    }

    private func unlock() {
        if queue.isEmpty { isBusy = false } else { queue.removeFirst().resume() }
    }
}
