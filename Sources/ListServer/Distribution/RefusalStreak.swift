import MailingList
import SMTP

/// Distinguishes a dead address from a Postfix that refuses every recipient.
///
/// A 5xx to RCPT is final for one subscriber. Three equal refusals in a row mean that
/// the way back is not configured correctly. This type holds refusals back until a
/// different outcome follows, so that in this case no delivery is lost.
struct RefusalStreak: Sendable {
    /// The number of equal refusals in a row that do not concern the recipients.
    static let limit = 3

    enum Result: Sendable, Equatable {
        /// These refusals concern their own addresses.
        case settled([Delivery.ID: SMTPReply])
        /// Postfix refuses every recipient: these deliveries stay in the store.
        case halted([Delivery.ID], SMTPReply)
    }

    private var held: [Delivery.ID: SMTPReply] = [:]

    /// Records a permanent refusal of a recipient.
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

    /// Returns the held refusals, after another outcome or at the end of a pass.
    mutating func release() -> [Delivery.ID: SMTPReply] {
        defer { held = [:] }
        return held
    }

    // The texts name different addresses, so only the codes are compared.
    private static func alike(_ left: SMTPReply, _ right: SMTPReply) -> Bool {
        left.code == right.code && left.enhanced == right.enhanced
    }
}
