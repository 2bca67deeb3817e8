import Foundation
import GRDB
import MailingList

/// Rows of `report`: when owners were told of something last.
enum ReportRecord {
    static func isDue(
        _ report: OwnerReport,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT told FROM report WHERE list = ? AND kind = ?"
        )
        let told = try Int64.fetchOne(statement, arguments: [list, report.rawValue])
        return OwnerReport.isDue(
            lastTold: told.map(Date.init(timestamp:)),
            now: Date(timestamp: now.timestamp)
        )
    }

    static func note(
        _ report: OwnerReport,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO report (list, kind, told) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET told = excluded.told
            """,
            [list, report.rawValue, now.timestamp]
        )
    }
}
