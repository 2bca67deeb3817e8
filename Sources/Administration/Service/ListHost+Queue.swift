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
    /// The command at which the last attempt failed, and the reply to it.
    package let reason: String?
    /// How often it was sent without a reply since the last known outcome.
    package let unknown: Int
    /// Why it waits for you, `refused` or `unknown`; nil if it is tried again.
    package let waits: String?
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
                    reason: $0.reason,
                    unknown: $0.unknown,
                    waits: $0.waits?.rawValue
                )
            }
        )
    }

    /// Makes the copies due now, of one list or of all, also those that wait for somebody; the
    /// result says how many.
    package func retryCopies(of list: MailingList?) throws -> ActResult<[String: Int]> {
        let count = try store.retryDeliveries(of: list?.id, now: clock())
        try endAlarmOfUnknownCopies()
        return ActResult(["retried": count])
    }

    /// The same for some copies, by their numbers.
    ///
    /// It has a failure of kind `notFound` if there is no copy of some of the numbers.
    package func retryCopies(_ ids: [Int64]) throws -> ActResult<[String: Int]> {
        let count = try store.retryDeliveries(ids, now: clock())
        try endAlarmOfUnknownCopies()
        return ActResult(["retried": count], failure: failure(found: count, of: ids))
    }

    private func endAlarmOfUnknownCopies() throws {
        if try store.waitingDeliveries(for: .unknown) == 0 { try store.clear(.unknownCopies) }
    }

    private func failure(found count: Int, of ids: [Int64]) -> ActFailure? {
        count == ids.count
            ? nil
            : ActFailure(
                .notFound,
                "\(ids.count - count) of these numbers belong to no copy",
                hint: "'listseal queue show' prints the copies with their numbers"
            )
    }

    /// Gives copies up, and tells nobody; the result says how many.
    ///
    /// It has a failure of kind `notFound` if there is no copy of some of the numbers.
    package func dropCopies(_ ids: [Int64]) throws -> ActResult<[String: Int]> {
        let count = try store.dropDeliveries(ids)
        try endAlarmOfUnknownCopies()
        return ActResult(["dropped": count], failure: failure(found: count, of: ids))
    }
}
