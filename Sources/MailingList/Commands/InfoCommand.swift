import OpenPGP

/// `info`: what the list is, and its key.
struct InfoCommand: MailCommand {
    let syntax = CommandSyntax(
        "info",
        summary: "Describes the list and sends its key.",
        german: "Beschreibt die Liste und schickt ihren Schlüssel."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let values: [String: TextValue] = [
            "fingerprint": .key(context.list.fingerprint),
            "policy": .policy(context.list.settings.subscriptionPolicy),
        ]
        return try context.limited(.info) { _ in
            Transition(answers: context.answer(.info, values, attaching: [.listKey]))
        }
    }
}
