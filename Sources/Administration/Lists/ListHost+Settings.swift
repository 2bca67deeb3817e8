package import MailingList

extension ListHost {
    /// Changes a setting of a list, by its name and as it is typed.
    ///
    /// Throws ``ActFailure``: `notFound` for the name, `malformed` for the value, `notAllowed`
    /// if another setting contradicts it.
    package func set(
        _ name: String,
        to value: String,
        of list: MailingList
    ) throws -> ActResult<ListReport> {
        try change(list) { settings in
            do throws(SettingRefusal) {
                try settings.change(name, to: value, by: .administrator)
            } catch {
                throw ActFailure(error, of: list)
            }
        }
    }

    /// Pauses a list, or lets it accept mail again.
    ///
    /// While it is paused, posts and commands are answered with a temporary failure. Copies
    /// are still delivered, and mail to the owners is accepted.
    package func setPaused(
        _ isPaused: Bool,
        _ list: MailingList
    ) throws -> ActResult<ListReport> {
        try change(list) { $0.isPaused = isPaused }
    }

    private func change(
        _ list: MailingList,
        _ change: (inout ListSettings) throws -> Void
    ) throws -> ActResult<ListReport> {
        try store.changeSettings(of: list.id, change)
        return ActResult(try report(of: list.id))
    }
}

extension ActFailure {
    init(_ refusal: SettingRefusal, of list: MailingList) {
        switch refusal {
        case .unknown(let name):
            self.init(
                .notFound,
                "there is no setting \(name)",
                hint: "there are " + ListSettings.table.map(\.name).joined(separator: ", ")
            )
        case .onHostOnly(let setting, let command):
            self.init(
                .notAllowed,
                "an owner cannot change \(setting)",
                hint: "the administrator changes it with '\(command)'"
            )
        case .badValue(let setting, let value, let type):
            self.init(
                .malformed,
                "\(setting) cannot be \(value)",
                hint: "it can be \(type)"
            )
        case .conflict(let setting, let conflict):
            self.init(
                .notAllowed,
                "\(setting) was not changed: \(conflict)",
                hint: "'listseal list show \(list.address)' prints all settings"
            )
        }
    }
}
