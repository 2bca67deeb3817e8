import Foundation
import MailingList
import SMTP

/// Decides what can be decided before a message is opened.
struct ArrivalChecks: Sendable {
    let store: any ListStore
    let diskSpace: DiskSpaceCheck
    let jumps: ClockJumpDetector
    let clock: @Sendable () -> Date

    /// The outcome of a message that is not opened now; nil if it is.
    ///
    /// Throws what the store and the file system throw.
    func outcome(for recipient: ListRecipient, _ receipt: Receipt) throws -> Outcome? {
        if try store.hasReceipt(receipt) { return .repeated }
        // With a clock set back, signatures that are too old would be fresh again.
        if let jump = jumps.jump(), jump < 0 {
            try store.raise(.clock, detail: Janitor.detail(jump), now: clock())
            return .postponed(.failure, detail: "the clock was set back while the daemon ran")
        }
        if let reply = try diskSpace.refusal() {
            return .postponed(reply, detail: "the disk has no room for more copies")
        }
        if recipient.list.settings.isPaused,
            recipient.role == .posting || recipient.role.isCommand
        {
            // A stranger learns that the list exists, and nothing else.
            return .postponed(
                .paused,
                detail: "the list is paused; 'listseal list resume' ends that"
            )
        }
        return nil
    }
}
