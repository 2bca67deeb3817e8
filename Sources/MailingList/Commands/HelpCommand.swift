/// `help`: what can be done by mail.
struct HelpCommand: MailCommand {
    let syntax = CommandSyntax(
        "help",
        summary: "Sends this overview.",
        german: "Schickt diese Übersicht."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        try context.limited(.help) { _ in
            Transition(answers: context.answer(.help, ["commands": .commands]))
        }
    }
}
