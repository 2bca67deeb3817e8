import GRDB
import MailingList

/// Rows of `setting`: those that are not the default, as ``ListSettings/table`` prints them.
enum SettingRecord {
    /// Reads the settings of a list; one that cannot be read is damage, not a default:
    /// it may be the one that kept strangers out.
    static func settings(of list: MailingList.ID, in db: Database) throws -> ListSettings {
        var settings = ListSettings()
        let statement = try db.cachedStatement(
            sql: "SELECT name, value FROM setting WHERE list = ?"
        )
        for row in try Row.fetchAll(statement, arguments: [list]) {
            let name: String = row["name"]
            guard let setting = ListSettings.named(name), setting.set(&settings, row["value"])
            else { throw SQLiteStoreError.damaged(table: "setting", row: list) }
        }
        return settings
    }

    static func replace(
        _ settings: ListSettings,
        of list: MailingList.ID,
        in db: Database
    ) throws {
        try db.run("DELETE FROM setting WHERE list = ?", [list])
        let standard = ListSettings()
        for setting in ListSettings.table {
            let value = setting.value(settings)
            guard value != setting.value(standard) else { continue }
            // A row that could not be read would make the list unreadable.
            var read = standard
            guard setting.set(&read, value) else {
                throw SQLiteStoreError.damaged(table: "setting", row: list)
            }
            try db.run(
                "INSERT INTO setting (list, name, value) VALUES (?, ?, ?)",
                [list, setting.name, value]
            )
        }
    }
}
