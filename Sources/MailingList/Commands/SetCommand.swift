import SMTP

/// `set NAME VALUE`: a setting of the list.
struct SetCommand: MailCommand {
    let syntax = CommandSyntax(
        "set",
        "NAME VALUE",
        2...60,
        summary: "Owners: changes a setting of the list; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        if let answer = context.notOwner("set") { return answer }
        let name = arguments[0].lowercased()
        // As a shell has it, where nothing is a word too.
        let words = arguments.dropFirst().joined(separator: " ")
        let value = words == "\"\"" ? "" : words
        var settings = context.list.settings
        do throws(SettingRefusal) {
            try settings.change(name, to: value, by: .owner)
        } catch {
            return .done(context.failure("set", error.sentence))
        }
        guard let setting = ListSettings.named(name) else { return .done(Transition()) }
        return .done(
            Transition(
                changes: [.set(name, to: setting.value(settings))],
                answers: context.toOwners(
                    .settingChanged,
                    [
                        "name": name, "value": setting.value(settings),
                        "old-value": setting.value(context.list.settings),
                    ]
                )
            )
        )
    }
}

extension SettingRefusal {
    /// What an owner is told.
    fileprivate var sentence: String {
        switch self {
        case .unknown(let name):
            "there is no setting \(name.onOneLine); there are "
                + ListSettings.table.map(\.name).joined(separator: ", ")
        case .onHostOnly(let setting, let command):
            "\(setting) is set on the host, by '\(command)'"
        case .badValue(let setting, let value, let type):
            "\(setting) cannot be \(value.onOneLine); it can be \(type)"
        case .conflict(_, let conflict): conflict
        }
    }
}
