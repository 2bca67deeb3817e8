import OpenPGP

/// `key receive`, and any mail to `LIST-sendkey`: the list's key.
struct KeyReceiveCommand: MailCommand {
    let syntax = CommandSyntax(
        "key receive",
        summary: "Sends you the list's key.",
        german: "Schickt Ihnen den Schlüssel der Liste."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let values: [String: TextValue] = ["fingerprint": .key(context.list.fingerprint)]
        return try context.limited(.listKey) { _ in
            Transition(answers: context.answer(.listKey, values, attaching: [.listKey]))
        }
    }
}
