import SMTP

/// `who`: the addresses of the subscribers, where the owners let them know each other.
struct WhoCommand: MailCommand {
    /// People that one answer names.
    static let maximumPeople = 1000

    let syntax = CommandSyntax(
        "who",
        summary: "Names the subscribers, if the list shows them; signed."
    )

    func run(_ arguments: [String], in context: CommandContext) throws -> CommandResult {
        guard let person = context.person, context.isSigned,
            context.list.settings.showsSubscribers && person.roles.contains(.subscriber)
                || person.roles.contains(.owner)
        else { return .refused("who is not signed by a key that may ask") }
        let people = try context.environment.subscribers(Self.maximumPeople)
        return .done(
            Transition(
                answers: context.answer(
                    .who,
                    [
                        "people": people.map { "  \($0.address)" }.joined(separator: "\n"),
                        "count": "\(people.count)",
                    ]
                )
            )
        )
    }
}
