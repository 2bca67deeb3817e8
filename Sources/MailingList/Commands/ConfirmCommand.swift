/// `confirm TOKEN`, and any mail to `LIST-confirm+TOKEN`.
struct ConfirmCommand: MailCommand {
    let syntax = CommandSyntax(
        "confirm",
        "TOKEN",
        1...1,
        summary: "Confirms a request. It is enough to click 'Reply' in the list's mail.",
        german: "Bestätigt eine Anfrage. Es genügt, auf die Mail der Liste zu antworten."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let workflow = try context.workflow(for: arguments.first) else {
            return .refused(CommandContext.noToken)
        }
        guard
            let transition = context.runner.resume(
                workflow,
                with: .confirmed,
                person: context.person
            )
        else { return .wrongAnswer(workflow, "this token is for something else") }
        return .done(transition)
    }
}
