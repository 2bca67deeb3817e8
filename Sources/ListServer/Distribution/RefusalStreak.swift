import MailingList
import SMTP

/// Tells one subscriber's dead address from a Postfix that refuses everybody.
///
/// A 5xx to RCPT is final for that subscriber. The same for three running says
/// that the way back is set up wrong: then nobody has lost anything, because
/// the first two were kept back here until somebody else fared better.
struct RefusalStreak: Sendable {
    /// So many alike in a row are not about the recipients.
    static let limit = 3

    enum Result: Sendable, Equatable {
        /// These are known now to be about their own addresses.
        case settled([Delivery.ID: SMTPReply])
        /// The way back refuses everybody: all of these stay owed.
        case halted([Delivery.ID], SMTPReply)
    }

    private var held: [Delivery.ID: SMTPReply] = [:]

    /// A recipient was refused for good.
    mutating func refused(_ id: Delivery.ID, _ reply: SMTPReply) -> Result {
        if let other = held.values.first, !Self.alike(other, reply) {
            let result = release()
            held = [id: reply]
            return .settled(result)
        }
        held[id] = reply
        guard held.count >= Self.limit else { return .settled([:]) }
        return .halted(Array(release().keys), reply)
    }

    /// Something else happened, or the pass is over: what is held is settled.
    mutating func release() -> [Delivery.ID: SMTPReply] {
        defer { held = [:] }
        return held
    }

    // The text names the address, so only the codes can be alike.
    private static func alike(_ left: SMTPReply, _ right: SMTPReply) -> Bool {
        left.code == right.code && left.enhanced == right.enhanced
    }
}
