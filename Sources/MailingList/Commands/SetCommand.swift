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
        guard let setting = ListSettings.named(name) else {
            return .done(
                context.failure("set", .unknownSetting(name.onOneLine))
            )
        }
        // A program runs on the host: only its administrator chooses it.
        guard !value.contains("exec:") else {
            return .done(
                context.failure("set", .programOnHost)
            )
        }
        // A paused list reads no commands, so nobody could end the pause by mail.
        guard name != "paused" else {
            return .done(
                context.failure("set", .pauseOnHost)
            )
        }
        // Only the administrator knows for which domains this host may send.
        guard name != "original_domains" else {
            return .done(
                context.failure("set", .onHost(name))
            )
        }
        var settings = context.list.settings
        guard setting.set(&settings, value) else {
            return .done(
                context.failure("set", .notAValue(value.onOneLine, of: name, setting.type))
            )
        }
        if let conflict = settings.settingConflict {
            return .done(context.failure("set", .conflict(conflict)))
        }
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
