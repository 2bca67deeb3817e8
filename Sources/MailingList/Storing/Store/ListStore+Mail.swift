public import Foundation

/// What every store does alike with accepted messages and their copies.
extension ListStore {
    /// Commits all acceptances or none; the receipts decide between two doors.
    public func commit(_ acceptances: [Acceptance], now: Date) throws -> CommitResult {
        do {
            return try transaction { records in
                var writer = AcceptanceWriter(records, now: now)
                let result = try writer.write(acceptances)
                guard case .committed = result else { throw RolledBack(result: result) }
                return result
            }
        } catch let refused as RolledBack {
            return refused.result
        }
    }

    /// Writes what became of attempts, and deletes posts of which no copy is owed.
    public func settle(_ outcomes: [(Delivery.ID, Delivery.Outcome)], now: Date) throws {
        try transaction { records in
            let settlement = DeliverySettlement(records: records, now: now)
            for (id, outcome) in outcomes { try settlement.settle(id, outcome) }
        }
    }

    /// Makes changes that no mail has asked for: an administrator's, or a program's.
    public func carryOut(
        _ changes: [Transition.Change],
        answers: [SealedAnswer],
        in list: MailingList.ID,
        now: Date
    ) throws {
        try transaction { records in
            let writer = TransitionWriter(records: records, list: list, now: now)
            guard try writer.apply(changes) else { throw ListStoreError.outdated }
            try records.send(answers, of: list, now: now)
        }
    }
}

// Ends a transaction without its changes: that is a result, and no failure.
private struct RolledBack: Error {
    let result: CommitResult
}
