public import Foundation

extension StoreTransaction {
    /// Writes answers and the copies of them that are owed.
    ///
    /// Throws ``ListStoreError/noReader`` for an answer to owners, or to owners and
    /// moderators, of whom none can read it: nobody would decide, so the peer must keep what
    /// it has; and what the transaction throws.
    ///
    /// - Returns: How many copies are owed.
    @discardableResult
    public func send(
        _ answers: [SealedAnswer],
        of list: MailingList.ID,
        now: Date
    ) throws -> Int {
        var copies = 0
        for answer in answers {
            switch answer.reader {
            case .owners, .ownersIfTheyCan, .deciders:
                let sent = try distribute(
                    answer.post,
                    of: list,
                    to: answer.reader == .deciders ? .deciders : .owners,
                    now: now
                )
                guard sent > 0 || answer.reader == .ownersIfTheyCan else {
                    throw ListStoreError.noReader
                }
                copies += sent
            case .person(_, let certificate):
                try send(answer.post, of: list, to: certificate, now: now)
                copies += 1
            }
        }
        return copies
    }
}
