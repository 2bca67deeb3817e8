import SMTP

/// `set NAME VALUE`: a setting of the list.
struct SetCommand: MailCommand {
    let syntax = CommandSyntax(
        "set",
        "NAME VALUE",
        2...60,
        summary: "Owners: changes a setting of the list. Sign the mail.",
        german: "Listenleitung: ändert eine Einstellung der Liste. Signieren Sie die Mail."
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
            return .done(context.failure("set", error.problem))
        }
        guard let setting = ListSettings.named(name) else { return .done(Transition()) }
        return .done(
            Transition(
                changes: [.set(name, to: setting.value(settings))],
                answers: context.toOwners(
                    .settingChanged,
                    [
                        "name": .text(name), "value": .text(setting.value(settings)),
                        "old-value": .text(setting.value(context.list.settings)),
                    ]
                )
            )
        )
    }
}

extension SettingRefusal {
    /// The reason for an owner who wrote the command.
    fileprivate var problem: CommandProblem {
        switch self {
        case .unknown(let name): .unknownSetting(name.visible)
        case .onHostOnly("paused", _): .pauseOnHost
        case .onHostOnly("a step exec:", _): .programOnHost
        case .onHostOnly(let setting, _): .onHost(setting)
        case .badValue(let setting, let value, let type):
            .notAValue(value.visible, of: setting, type)
        case .conflict(_, let conflict): .conflict(conflict)
        }
    }
}
