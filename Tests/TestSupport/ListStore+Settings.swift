public import MailingList

extension ListStore {
    /// Replaces all settings of a list.
    ///
    /// Throws as changing them does.
    public func update(_ settings: ListSettings, of list: MailingList.ID) throws {
        try changeSettings(of: list) { $0 = settings }
    }
}
