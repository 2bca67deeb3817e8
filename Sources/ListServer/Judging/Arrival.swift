import MailingList
import SMTP

/// A message that was opened for one role of one list.
struct Arrival: Sendable {
    let message: ReceivedMessage
    let opened: OpenedMessage
    let recipient: ListRecipient
    let receipt: Receipt

    /// What is stored of it.
    func acceptance(
        _ effect: Acceptance.Effect,
        claims: [SignatureClaim] = [],
        forwarded: [SealedAnswer] = [],
        author: Subscriber.ID? = nil,
        detail: String = ""
    ) -> Acceptance {
        Acceptance(
            list: recipient.list,
            receipt: receipt,
            claims: claims,
            effect: effect,
            resent: forwarded,
            author: author,
            detail: detail
        )
    }
}

extension ReceivedMessage {
    /// The receipt of this delivery to one role.
    func receipt(for recipient: ListRecipient) -> Receipt {
        Receipt(
            list: recipient.list,
            role: recipient.role,
            messageID: recipient.role.isCommand
                ? commandIdentity + recipient.role.detail : messageID,
            body: body
        )
    }
}
