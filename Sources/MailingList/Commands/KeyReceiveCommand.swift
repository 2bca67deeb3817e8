import OpenPGP

/// `key receive`, and any mail to `LIST-sendkey`: the list's key.
struct KeyReceiveCommand: MailCommand {
    let syntax = CommandSyntax("key receive", summary: "Sends the list's key.")

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let values = ["fingerprint": context.list.fingerprint.description]
        return try context.courteously { _ in
            Transition(answers: context.answer(.listKey, values, attaching: [.listKey]))
        }
    }
}
