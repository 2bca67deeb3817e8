import Logging
import MailingList
import SMTP
import Submission

/// Limits the number of our copies in Postfix's queue.
///
/// Deliveries are safe in the store and cost nothing there. In Postfix's queue they
/// would delay other mail of the host while a large site is slow.
actor PostfixQueueLimit {
    private let limit: Int
    private let queue: QueuedCopies?
    private let logger: Logger
    /// The last count plus the copies accepted since; nil before the first count.
    private var queued: Int?
    private var underWay = 0
    private var taken = 0
    /// Whether the limit has stopped a window.
    private(set) var isFull = false

    /// - Parameters:
    ///   - limit: The most copies in the queue.
    ///   - queue: Counts the copies; nil for no limit.
    ///   - logger: Receives a warning if the queue cannot be counted.
    init(limit: Int, queue: QueuedCopies?, logger: Logger) {
        self.limit = limit
        self.queue = queue
        self.logger = logger
    }

    /// Reserves space for copies; false if the queue is full.
    ///
    /// Call ``leave(_:)`` after a true result. This method does not wait for space:
    /// meanwhile a subscriber whose copy is already made could leave the list. The pass
    /// ends instead, and the next pass reads the deliveries again. A window larger than
    /// the limit may go when the queue has none of our copies. If the queue cannot be
    /// counted there is no limit, because stopping the distribution would be worse.
    func enter(_ copies: Int) async -> Bool {
        guard let queue else { return true }
        if !hasRoom(copies) {
            do {
                // Copies accepted during the count may count twice, but are never missed.
                let before = taken
                queued = try await queue.count() + taken - before
            } catch {
                logger.notice("Postfix's queue cannot be counted: \(error)")
                underWay += copies
                return true
            }
        }
        guard hasRoom(copies) else {
            isFull = true
            return false
        }
        underWay += copies
        return true
    }

    /// Records that Postfix has accepted copies, which ends their reservation.
    func leave(_ copies: Int) {
        underWay -= copies
        taken += copies
        queued? += copies
    }

    private func hasRoom(_ copies: Int) -> Bool {
        guard let queued else { return false }
        let all = queued + underWay
        return all == 0 || all + copies <= limit
    }
}

/// Counts the copies of all lists in Postfix's queue.
struct QueuedCopies: Sendable {
    let queue: PostfixQueue
    let store: any ListStore

    /// Counts the messages whose reverse-path is the bounce address of a list.
    ///
    /// - Throws: An error of the store, or of ``PostfixQueue/count(where:)``.
    func count() async throws -> Int {
        let store = store
        let lists = try await BlockingPool().run { Set(try store.lists().flatMap(\.addresses)) }
        return try await queue.count { reversePath in
            guard let address = EmailAddress(reversePath) else { return false }
            return ListAddress.candidates(for: address).contains { candidate in
                if case .bounces = candidate.role { lists.contains(candidate.list) } else { false }
            }
        }
    }
}
