import NIOCore

/// Computes the deadlines of a client.
///
/// A command must be complete before its deadline. A client that only sends one
/// octet every minute counts as idle.
struct LMTPDeadlines: Sendable {
    private let limits: LMTPLimits
    private var lastCommand = NIODeadline.now()

    /// Starts the time of the first command, at the greeting.
    init(limits: LMTPLimits) {
        self.limits = limits
    }

    /// Starts the time of the next command, after a reply.
    mutating func commandEnded() {
        lastCommand = .now()
    }

    /// The deadline of the next read.
    func next(isReceivingMessage: Bool) -> NIODeadline {
        isReceivingMessage
            ? min(
                .now() + TimeAmount(limits.dataTimeout),
                lastCommand + TimeAmount(limits.messageTimeout)
            )
            : lastCommand + TimeAmount(limits.commandTimeout)
    }
}
