import MailingList
import SMTP

/// Says what follows from mail to the return path of a copy.
enum BounceCounting {
    /// A bounce is counted and never opened: it may quote anything.
    static func disposition(
        of message: ReceivedMessage,
        for recipient: ListRecipient,
        _ receipt: Receipt
    ) -> Disposition {
        guard let subscriber = recipient.bounced else {
            return .refuse(.unknownAddress, "no such token")
        }
        let bounce = BounceReader.bounce(in: message)
        return .store(
            Acceptance(
                list: recipient.list,
                receipt: receipt,
                claims: [],
                effect: bounce.map { .countBounce($0, of: subscriber) } ?? .discard,
                detail: bounce.map {
                    "\($0.kind.rawValue) \($0.status?.description ?? "without a code")"
                } ?? "it says nothing of the address"
            )
        )
    }
}
