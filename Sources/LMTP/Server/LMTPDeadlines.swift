import NIOCore

/// When a client has used up the server's patience.
///
/// A command must end in time, not just go on: a client that sends one octet
/// every minute is idle.
struct LMTPDeadlines: Sendable {
    private let limits: LMTPLimits
    private var lastCommand = NIODeadline.now()

    /// Starts with the greeting.
    init(limits: LMTPLimits) {
        self.limits = limits
    }

    /// A command was answered.
    mutating func commandEnded() {
        lastCommand = .now()
    }

    /// Until when the next read must bring something.
    func next(isReceivingMessage: Bool) -> NIODeadline {
        isReceivingMessage
            ? min(
                .now() + TimeAmount(limits.dataTimeout),
                lastCommand + TimeAmount(limits.messageTimeout)
            )
            : lastCommand + TimeAmount(limits.commandTimeout)
    }
}
