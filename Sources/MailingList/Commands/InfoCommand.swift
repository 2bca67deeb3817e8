import OpenPGP

/// `info`: what the list is, and its key.
struct InfoCommand: MailCommand {
    let syntax = CommandSyntax("info", summary: "Tells what this list is, and sends its key.")

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let values = [
            "fingerprint": context.list.fingerprint.description,
            "policy": context.list.settings.subscriptionPolicy.description,
        ]
        return try context.courteously { _ in
            Transition(answers: context.answer(.info, values, attaching: [.listKey]))
        }
    }
}
