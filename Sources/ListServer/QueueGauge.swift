import Logging
import ServiceLifecycle

/// Keeps no more than so many of our copies in Postfix's queue.
///
/// What is owed is safe with us, and costs nothing here. In Postfix's queue it
/// would stand before other people's mail when a large site is slow.
actor QueueGauge {
    private let limit: Int
    private let queue: PostfixQueue?
    private let pause: Duration
    private let logger: Logger
    /// At most what is in the queue: what was counted, and what went in since.
    private var highest = 0
    private var isCounted = false
    private var entered = 0

    /// - Parameters:
    ///   - limit: Copies in the queue.
    ///   - queue: What is asked for their number; nil if nothing can be.
    ///   - pause: How long to wait when there is no room.
    ///   - logger: For a queue that cannot be counted.
    init(limit: Int, queue: PostfixQueue?, pause: Duration = .seconds(1), logger: Logger) {
        self.limit = limit
        self.queue = queue
        self.pause = pause
        self.logger = logger
    }

    /// Waits until so many more may go in, and takes them for gone in.
    ///
    /// A window that is larger than the limit goes when the queue has none. What
    /// cannot be counted is not limited: a distribution that stops because a
    /// number is not known would be worse.
    ///
    /// - Returns: False if the service shuts down meanwhile: nothing goes in.
    /// - Throws: If the task is cancelled.
    func enter(_ copies: Int) async throws -> Bool {
        guard let queue else { return true }
        while !isCounted || (highest > 0 && highest + copies > limit) {
            if Task.isShuttingDownGracefully { return false }
            if isCounted { try await Task.sleep(for: pause) }
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
        highest += copies
        entered += copies
        return true
    }
}
