import Foundation
import MailingList
import OpenPGP
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
        // With a clock set back, signatures that are too old would be fresh again; with one
        // set ahead, fresh ones would be refused for their age.
        if let jump = jumps.jump() {
            try store.raise(.clock, detail: Janitor.detail(jump), now: clock())
            return .postponed(
                .failure,
                detail: "the clock was set \(jump < 0 ? "back" : "ahead") while the daemon ran"
            )
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

    /// The outcome of a message whose signature is too old, while nobody knows whether our
    /// clock is right; nil if it is judged.
    ///
    /// Throws what the store throws.
    func outcome(of opened: OpenedMessage, for list: MailingList) throws -> Outcome? {
        guard let gap = jumps.doubt() else { return nil }
        let (good, now) = (opened.signatures.all.filter { $0.outcome == .good }, clock())
        for signature in good { jumps.sawSignature(of: signature.created) }
        let maximum = TimeInterval(list.settings.signatureMaximumAge)
        guard good.contains(where: { now.timeIntervalSince($0.created) > maximum }) else {
            return nil
        }
        try store.raise(.clock, detail: Janitor.detail(ofDoubt: gap), now: now)
        return .postponed(.failure, detail: "the signature is old, or our clock is ahead")
    }
}
