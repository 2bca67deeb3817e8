/// `help`: what can be done by mail.
struct HelpCommand: MailCommand {
    let syntax = CommandSyntax("help", summary: "Sends this text.")

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        let lines = StandardCommands.all.map(\.syntax.line).joined(separator: "\n")
        return try context.courteously { _ in
            Transition(answers: context.answer(.help, ["commands": lines]))
        }
    }
}
