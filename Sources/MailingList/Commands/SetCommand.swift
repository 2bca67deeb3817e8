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
        guard let setting = ListSettings.named(name) else {
            return .done(
                context.failure(
                    "set",
                    "there is no setting \(name.onOneLine); there are "
                        + ListSettings.table.map(\.name).joined(separator: ", ")
                )
            )
        }
        // What a program of the host does, and where, is for who runs the host.
        guard !value.contains("exec:") else {
            return .done(
                context.failure("set", "a step exec: is set on the host, by 'listseal list set'")
            )
        }
        // Nobody could take it back by mail.
        guard name != "paused" else {
            return .done(
                context.failure("set", "a list is paused on the host: 'listseal list pause'")
            )
        }
        // Nor who writes under which domain's name.
        guard name != "original_domains" else {
            return .done(
                context.failure("set", "\(name) is set on the host, by 'listseal list set'")
            )
        }
        var settings = context.list.settings
        guard setting.set(&settings, value) else {
            return .done(
                context.failure(
                    "set",
                    "\(name) cannot be \(value.onOneLine); it takes \(setting.type)"
                )
            )
        }
        if let conflict = settings.conflict {
            return .done(context.failure("set", conflict))
        }
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
