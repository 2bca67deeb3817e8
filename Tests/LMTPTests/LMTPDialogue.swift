import NIOCore
import SMTP

@testable import LMTP

/// Drives a state machine without I/O, and records its actions.
final class LMTPDialogue {
    var machine: LMTPStateMachine
    var messages: [LMTPMessage] = []
    var isClosed = false
    var recipientReply = SMTPReply(250, EnhancedStatusCode(2, 1, 5), "Ok")
    var unreadableReply = SMTPReply(553, EnhancedStatusCode(5, 1, 3), "Bad mailbox address")
    var messageReplies: (LMTPMessage) -> [SMTPReply] = { message in
        message.envelope.recipients.map { _ in SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok") }
    }

    init(limits: LMTPLimits = LMTPLimits()) {
        machine = LMTPStateMachine(limits: limits)
    }

    /// Sends octets in pieces of the given size, and returns the replies.
    func send(_ octets: [UInt8], pieces: Int = .max) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        var rest = octets[...]
        while !rest.isEmpty {
            machine.receive(ByteBuffer(bytes: rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
            replies += drain()
        }
        return replies
    }

    func send(_ text: String, pieces: Int = .max) -> [SMTPReply] {
        send(Array(text.utf8), pieces: pieces)
    }

    private func drain() -> [SMTPReply] {
        var replies: [SMTPReply] = []
        while let action = machine.next() {
            switch action {
            case .reply(let reply):
                replies.append(reply)
            case .close(let reply):
                replies.append(reply)
                isClosed = true
            case .recipient(let recipient, client: _):
                let isReadable = recipient.address != nil
                machine.answerRecipient(isReadable ? recipientReply : unreadableReply)
            case .message(let message):
                messages.append(message)
                machine.answerMessage(messageReplies(message))
            }
        }
        return replies
    }
}
