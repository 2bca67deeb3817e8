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
        // A clock that was set back must not silence them.
        return told.map { told in
            told > now.timestamp || now.timestamp - told >= Int64(OwnerReport.interval)
        } ?? true
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
