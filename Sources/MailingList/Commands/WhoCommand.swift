import SMTP

/// `who`: the addresses of the subscribers, where the owners let them know each other.
struct WhoCommand: MailCommand {
    /// People that one answer names.
    static let maximumPeople = 1000

    let syntax = CommandSyntax(
        "who",
        summary: "Lists the subscribers, if the list allows it. Sign the mail.",
        german: "Zählt die Mitglieder auf, wenn die Liste das erlaubt. Signieren Sie die Mail."
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
                        "people": .lines(people.map { .address($0.address) }),
                        "count": .text("\(people.count)"),
                    ]
                )
            )
        )
    }
}
