import Logging
import MailingList
import SMTP
import Submission

/// Keeps no more than so many of our copies in Postfix's queue.
///
/// What is owed is safe with us, and costs nothing here. In Postfix's queue it
/// would stand before other people's mail when a large site is slow.
actor PostfixQueueLimit {
    private let limit: Int
    private let queue: QueuedCopies?
    private let logger: Logger
    /// What Postfix said, and what it has taken since; nil before the first count.
    private var queued: Int?
    private var underWay = 0
    private var taken = 0
    /// Whether somebody was sent away.
    private(set) var isFull = false

    /// - Parameters:
    ///   - limit: Copies in the queue.
    ///   - queue: What is asked for their number; nil if nothing can be.
    ///   - logger: For a queue that cannot be counted.
    init(limit: Int, queue: QueuedCopies?, logger: Logger) {
        self.limit = limit
        self.queue = queue
        self.logger = logger
    }

    /// Lets so many more go in, if there is room for them; ``leave(_:)`` follows.
    ///
    /// It does not wait: while it did, somebody could leave the list whose copy is
    /// made already. The pass ends instead, and the next one reads the rows anew.
    /// A window that is larger than the limit goes when the queue has none. What
    /// cannot be counted is not limited: a distribution that stops because a
    /// number is not known would be worse.
    func enter(_ copies: Int) async -> Bool {
        guard let queue else { return true }
        if !hasRoom(copies) {
            do {
                // What it takes meanwhile may be counted twice, but never not at all.
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

    /// So many that went in are with Postfix now.
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

/// The copies of all lists in Postfix's queue.
struct QueuedCopies: Sendable {
    let queue: PostfixQueue
    let store: any ListStore

    /// Counts the messages whose reverse-path is the bounce address of a list.
    ///
    /// Throws what the store and ``PostfixQueue/count(where:)`` throw.
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
