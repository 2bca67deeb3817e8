import Logging

/// Keeps no more than so many of our copies in Postfix's queue.
///
/// What is owed is safe with us, and costs nothing here. In Postfix's queue it
/// would stand before other people's mail when a large site is slow.
actor QueueGauge {
    private let limit: Int
    private let queue: PostfixQueue?
    private let logger: Logger
    /// At most what is in the queue: what was counted, and what went in since.
    private var highest = 0
    private var isCounted = false
    private var entered = 0

    /// - Parameters:
    ///   - limit: Copies in the queue.
    ///   - queue: What is asked for their number; nil if nothing can be.
    ///   - logger: For a queue that cannot be counted.
    init(limit: Int, queue: PostfixQueue?, logger: Logger) {
        self.limit = limit
        self.queue = queue
        self.logger = logger
    }

    /// Takes so many more for gone in, if there is room for them.
    ///
    /// It does not wait: while it did, somebody could leave the list whose copy is
    /// made already. The pass ends instead, and the next one reads the rows anew.
    /// A window that is larger than the limit goes when the queue has none. What
    /// cannot be counted is not limited: a distribution that stops because a
    /// number is not known would be worse.
    func enter(_ copies: Int) async -> Bool {
        guard let queue else { return true }
        if !isCounted || !hasRoom(copies) {
            do {
                // Other sessions enter while this one counts.
                let before = entered
                highest = try await queue.copies() + entered - before
                isCounted = true
            } catch {
                logger.notice("Postfix's queue cannot be counted: \(error)")
                return true
            }
        }
        guard hasRoom(copies) else { return false }
        highest += copies
        entered += copies
        return true
    }

    private func hasRoom(_ copies: Int) -> Bool { highest == 0 || highest + copies <= limit }
}
