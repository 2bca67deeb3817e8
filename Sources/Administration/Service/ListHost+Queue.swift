package import Foundation
package import MailingList
import SMTP

/// A copy that is not delivered yet.
package struct PendingCopy: Sendable, Hashable, Encodable {
    /// The number by which it is dropped.
    package let id: Int64
    /// The posting address of its list.
    package let list: String
    /// The Message-ID of the post.
    package let messageID: String
    /// Who should receive it.
    package let recipient: String
    /// When the post was sealed.
    package let sealed: Date
    /// How often it was tried.
    package let attempts: Int
    /// When it is tried again.
    package let next: Date
    /// What the last attempt failed of.
    package let reason: String?
}

extension ListHost {
    /// Names the copies that are not delivered yet, of one list or of all, up to a limit.
    package func pendingCopies(
        of list: MailingList?,
        limit: Int
    ) throws -> ActResult<[PendingCopy]> {
        ActResult(
            try store.owedCopies(of: list?.id, after: 0, limit: limit).map {
                PendingCopy(
                    id: $0.id,
                    list: $0.list.description,
                    messageID: $0.messageID,
                    recipient: $0.recipient.description,
                    sealed: $0.sealed,
                    attempts: $0.attempts,
                    next: $0.next,
                    reason: $0.reason
                )
            }
        )
    }

    /// Makes the copies due now, of one list or of all; the result says how many.
    package func retryCopies(of list: MailingList?) throws -> ActResult<[String: Int]> {
        ActResult(["retried": try store.retryDeliveries(of: list?.id, now: clock())])
    }

    /// Gives copies up, and tells nobody; the result says how many.
    ///
    /// It has a failure of kind `notFound` if there is no copy of some of the numbers.
    package func dropCopies(_ ids: [Int64]) throws -> ActResult<[String: Int]> {
        let count = try store.dropDeliveries(ids)
        return ActResult(
            ["dropped": count],
            failure: count == ids.count
                ? nil
                : ActFailure(
                    .notFound,
                    "\(ids.count - count) of these numbers belong to no copy",
                    hint: "'listseal queue show' prints the copies with their numbers"
                )
        )
    }
}
