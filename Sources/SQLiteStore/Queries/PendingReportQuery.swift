import Foundation
import GRDB
import MailingList

/// Which lists have something of a kind to tell: one statement for all lists.
struct PendingReportQuery {
    let pending: PendingReport
    let report: OwnerReport?
    let now: Date

    func lists(in db: Database) throws -> [MailingList.ID] {
        var sql = selection
        var values = arguments
        if let report {
            sql += """
                 AND NOT EXISTS (
                    SELECT 1 FROM report WHERE list = x.list AND kind = :report
                        AND told <= :now AND told > :recent
                )
                """
            values += [
                "report": report.rawValue, "now": now.timestamp,
                "recent": now.addingTimeInterval(-OwnerReport.interval).timestamp,
            ]
        }
        return try MailingList.ID.fetchAll(db.cachedStatement(sql: sql), arguments: values)
    }

    // The conditions are those of the partial indexes, which hold what is to be told.
    private var selection: String {
        switch pending {
        case .unusableKeys:
            """
            SELECT DISTINCT x.list FROM subscriber AS x
            WHERE x.unusable_since IS NOT NULL AND x.unusable_notified IS NULL
            """
        case .expiringKeys:
            """
            SELECT DISTINCT x.list
            FROM certificate AS c CROSS JOIN subscriber AS x ON x.id = c.subscriber
            WHERE c.warned IS NULL AND c.encryption_expires IS NOT NULL
                AND c.encryption_expires > :from AND c.encryption_expires <= :until
            """
        case .suspensions(_, let reader):
            """
            SELECT DISTINCT x.list FROM subscriber AS x
            WHERE x.bounced IS NOT NULL AND x.bounced <= :before
                AND (x.owners_told IS NULL OR x.person_told IS NULL)
                AND x.\(reader.column) IS NULL
            """
        case .unsent: "SELECT DISTINCT x.list FROM unsent AS x WHERE TRUE"
        case .missedCopies: "SELECT DISTINCT x.list FROM missed AS x WHERE TRUE"
        case .drops:
            """
            SELECT x.list
            FROM counter AS x LEFT JOIN report AS r ON r.list = x.list AND r.kind = :kind
            WHERE x.name = :name AND x.count > coalesce(r.count, 0)
            """
        case .heldPosts:
            """
            SELECT DISTINCT x.list FROM held AS x
            WHERE x.warned IS NULL AND x.received <= :before
            """
        }
    }

    private var arguments: StatementArguments {
        switch pending {
        case .unusableKeys, .unsent, .missedCopies: [:]
        case .expiringKeys(let start, let end):
            ["from": start.timestamp, "until": end.timestamp]
        case .suspensions(let time, _), .heldPosts(let time): ["before": time.timestamp]
        case .drops:
            [
                "kind": OwnerReport.dropped.rawValue,
                "name": ListCounter.droppedAtGate.rawValue,
            ]
        }
    }
}
