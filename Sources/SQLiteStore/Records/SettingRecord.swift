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
            try read(row, of: list, into: &settings)
        }
        return settings
    }

    /// The settings of every list of which one is not the default.
    static func all(in db: Database) throws -> [MailingList.ID: ListSettings] {
        var all: [MailingList.ID: ListSettings] = [:]
        let statement = try db.cachedStatement(sql: "SELECT list, name, value FROM setting")
        for row in try Row.fetchAll(statement) {
            let list: MailingList.ID = row["list"]
            try read(row, of: list, into: &all[list, default: ListSettings()])
        }
        return all
    }

    private static func read(
        _ row: Row,
        of list: MailingList.ID,
        into settings: inout ListSettings
    ) throws {
        guard let setting = ListSettings.named(row["name"]), setting.set(&settings, row["value"])
        else { throw SQLiteStoreError.damaged(table: "setting", row: list) }
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
