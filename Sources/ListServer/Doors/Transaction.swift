import Foundation
import MailingList
public import SMTP

/// One message on its way in by the milter: a pure state machine.
///
/// It collects and counts, and says what to do; the session does it. It knows
/// nothing of libmilter, of keys or of the store.
public struct Transaction: Sendable {
    /// What the session shall tell the MTA.
    public enum Action: Sendable, Hashable {
        /// Go on.
        case proceed
        /// This is not ours: no more callbacks for this message.
        case waveThrough
        /// Enough of the body.
        case skip
        /// Answer this.
        case reply(SMTPReply)
    }

    /// Octets of all header fields together; Postfix passes at most 102,400
    /// of a header that it does not cut.
    public static let maximumHeaderSize = 1 << 20
    /// Recipients that are roles of lists, in one message.
    public static let maximumListRecipients = 100

    /// Recipients that are addresses for commands, in one message.
    public static let maximumCommandRecipients = 5

    /// The reverse-path.
    public let reversePath: ReversePath
    /// List recipients, with the argument of RCPT TO that each came by.
    public private(set) var recipients: [(argument: String, roles: [ListRecipient])] = []
    /// Whether the message also goes to others.
    public private(set) var hasOrdinaryRecipients = false
    // Header, empty line and body, so that nothing is copied at the end.
    private var octets: [UInt8] = []
    private var bodyStart: Int?
    private var size = 0
    private var isFull = false
    /// Whether there was no memory for the message: it is answered 451, or goes to the gate.
    public private(set) var isGivenUp = false

    /// Octets of memory that the message takes now.
    public var heldOctets: Int { octets.capacity }

    /// Begins with MAIL FROM.
    public init(reversePath: ReversePath) {
        self.reversePath = reversePath
    }

    /// Every role that the message is for, once.
    public var roles: [ListRecipient] {
        var seen: Set<ListRecipient> = []
        return recipients.flatMap(\.roles).filter { seen.insert($0).inserted }
    }

    /// RCPT TO, resolved.
    public mutating func recipient(
        _ argument: String,
        _ resolution: ListDirectory.Resolution,
        mayRefuse: Bool
    ) -> Action {
        switch resolution {
        case .ordinary:
            hasOrdinaryRecipients = true
            return .proceed
        case .unknown:
            guard mayRefuse else {
                hasOrdinaryRecipients = true
                return .proceed
            }
            return .reply(Refusal.unknownAddress.reply)
        case .role(let roles):
            guard recipients.count < Self.maximumListRecipients else {
                return .reply(.tooManyRecipients)
            }
            guard mayAdd(roles) else {
                guard mayRefuse else {
                    hasOrdinaryRecipients = true
                    return .proceed
                }
                return .reply(.tooManyRecipients)
            }
            recipients.append((argument, roles))
            return .proceed
        }
    }

    // Each is another command to be looked up and answered; people write to one.
    private func mayAdd(_ added: [ListRecipient]) -> Bool {
        guard added.contains(where: \.role.isCommand) else { return true }
        let commands = Set((roles + added).filter(\.role.isCommand))
        return commands.count <= Self.maximumCommandRecipients
    }

    /// DATA: mail that is for nobody of ours goes its way untouched.
    ///
    /// Not earlier: acceptance at RCPT would end the callbacks for recipients
    /// that are still to come.
    public func data() -> Action {
        recipients.isEmpty ? .waveThrough : .proceed
    }

    /// A header field, exactly as received; folds may be bare LF.
    public mutating func header(name: [UInt8], value: [UInt8]) -> Action {
        count(name.count + value.count + 3)
        guard octets.count + name.count + value.count < Self.maximumHeaderSize else {
            isFull = true
            return .proceed
        }
        octets += name
        octets.append(UInt8(ascii: ":"))
        var previous: UInt8 = 0
        for octet in value {
            // Postfix joins folds with LF alone.
            if octet == 0x0a, previous != 0x0d { octets.append(0x0d) }
            octets.append(octet)
            previous = octet
        }
        octets += [0x0d, 0x0a]
        return .proceed
    }

    private mutating func endHeader() {
        guard bodyStart == nil else { return }
        octets += [0x0d, 0x0a]
        bodyStart = octets.count
    }

    /// Drops the message, for which there is no memory.
    public mutating func giveUp() {
        isGivenUp = true
        octets = []
    }

    /// A piece of the body.
    public mutating func body(_ chunk: [UInt8]) -> Action {
        count(chunk.count)
        guard !isGivenUp else { return .skip }
        endHeader()
        guard !isFull, size <= maximumSize else {
            isFull = true
            // A copy gives back the memory of the body.
            octets = Array(octets[..<(bodyStart ?? 0)])
            return .skip
        }
        octets += chunk
        return .proceed
    }

    /// The message, at end of message.
    ///
    /// What is too large keeps a size above every list's limit, and no body.
    public func message() -> ReceivedMessage {
        var whole = self
        whole.endHeader()
        var message = ReceivedMessage(
            bytes: whole.octets,
            bodyStart: whole.bodyStart ?? 0,
            size: isFull ? max(size, maximumSize + 1) : size
        )
        message.hasNullReversePath = reversePath == .null
        return message
    }

    /// The most that any of the lists takes.
    private var maximumSize: Int {
        recipients.flatMap(\.roles).map(\.list.settings.maximumMessageSize).max() ?? 0
    }

    private mutating func count(_ octets: Int) {
        let (sum, overflow) = size.addingReportingOverflow(octets)
        size = overflow ? .max - 1 : sum
    }
}
