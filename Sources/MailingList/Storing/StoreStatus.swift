public import Foundation

/// Something that an administrator must mend.
public enum Alarm: String, Sendable, Hashable, CaseIterable {
    /// The OpenPGP engine, a list's key or the disk failed: mail gets 451.
    case engine
    /// Postfix does not accept our copies: they stay owed.
    case submission
    /// Postfix may have accepted copies several times without a reply; they wait.
    case unknownCopies = "unknown-copies"
    /// A sealed post in the store is not one that its list signed.
    case forgedPost = "forged-post"
    /// A post was authenticated with another digest key than the one that is there.
    case digestKey = "digest-key"
    /// The clock is behind a time that the store has recorded.
    case clock
    /// A program that decides about people cannot be run.
    case steps
    /// A list's own key expires soon, or has expired.
    case listKey = "list-key"

    /// What is safe, and what to do next.
    public var advice: String {
        switch self {
        case .engine:
            "Mail to the list is deferred, not lost. Look at the log for the operation that "
                + "failed; check disk, memory, and the list's GnuPG home."
        case .submission:
            "Accepted posts are kept and will be sent. Check that Postfix runs and that "
                + "'listseal postfix check' finds nothing, then 'listseal queue retry'."
        case .unknownCopies:
            "Postfix did not answer after it received these copies. Their subscribers may have "
                + "them already, up to three times. Find the reason in Postfix's log. "
                + "'listseal queue show' prints the copies; 'listseal queue retry' sends them once "
                + "more, and 'listseal queue drop' gives them up. Both end the alarm."
        case .forgedPost:
            "The post is not sent. Somebody changed the database; restore it from a backup, or give "
                + "the copies up with 'listseal queue drop'. Then 'listseal alarm end forged-post'."
        case .digestKey:
            "The post is not sent, since nobody can tell it from a planted one. Restore digest.key "
                + "from a backup, or give the copies up with 'listseal queue drop'. Then 'listseal "
                + "alarm end digest-key'."
        case .steps:
            "No request is decided meanwhile. The list asks the program again until the request "
                + "expires. Check that 'listseal steps' runs, and that the program exits with 0, 1 "
                + "or 75."
        case .listKey:
            "After the key expires, nobody can encrypt to the list, and the list can distribute "
                + "no posts. 'listseal list renew-key' extends the key."
        case .clock:
            "The lists defer posts while their clock may be wrong. Set the clock. If it is right "
                + "now, run 'listseal accept-clock', and start the daemon if it does not run."
        }
    }
}

/// Something worth counting.
public enum ListCounter: String, Sendable, Hashable, CaseIterable {
    /// Refused in the dialogue.
    case refused
    /// Dropped at the gate with 250, because a bounce would go to a stranger.
    case droppedAtGate = "dropped-at-gate"
    /// Came by the gate although the milter should have seen it.
    case missedByMilter = "missed-by-milter"
    /// Answered 250 a second time.
    case repeated
    /// A bounce was kept.
    case bounced
    /// A mail from somebody unproven was accepted and not answered: the limits of a day, a
    /// client or an hour were reached; the log says which.
    case withheld
    /// Signed content came that another list has had within a week: posted to both
    /// by its author, or carried over by a reader.
    case seenElsewhere = "seen-in-another-list"
}

/// The state of everything, as `listseal status` prints it.
public struct StoreStatus: Sendable, Hashable {
    /// An alarm that has not been cleared.
    public struct RaisedAlarm: Sendable, Hashable {
        /// Which.
        public let alarm: Alarm
        /// What happened last.
        public let detail: String
        /// When it was raised first.
        public let since: Date
        /// Makes the value from what a store holds.
        public init(alarm: Alarm, detail: String, since: Date) {
            self.alarm = alarm
            self.detail = detail
            self.since = since
        }
    }

    /// How many lists there are.
    public var lists = 0
    /// How many people are on them.
    public var subscribers = 0
    /// How many copies are owed.
    public var owed = 0
    /// How many of them wait for the administrator to retry or drop them.
    public var waiting = 0
    /// When the oldest of them was sealed.
    public var oldestOwed: Date?
    /// People with active delivery whose key cannot encrypt now.
    public var unusableKeys = 0
    /// Lists of which no owner has a key that can encrypt now.
    public var listsWithoutReader: [String] = []
    /// People whose copies bounces have stopped.
    public var bounced = 0
    /// Lists of which copies to at least half of the people came back within a day, or whose
    /// copies bounces have stopped.
    public var listsBouncing: [String] = []
    /// Lists that an owner has paused.
    public var listsPaused: [String] = []
    /// What must be mended.
    public var alarms: [RaisedAlarm] = []

    /// Everything at rest.
    public init() {}

    /// Whether nobody need look.
    public var isHealthy: Bool { alarms.isEmpty && listsWithoutReader.isEmpty }
}
