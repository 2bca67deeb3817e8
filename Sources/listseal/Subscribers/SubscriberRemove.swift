import Administration
import ArgumentParser
import MailingList

/// The command `listseal subscriber remove`.
struct SubscriberRemove: PersonActCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a person from a list, with the copies that are not delivered yet.",
        discussion: "Without --role they lose the roles subscriber and nonmember."
    )

    @OptionGroup var target: PersonArguments
    @Option(help: "A role to remove; may be repeated.")
    var role: [RoleArgument] = []
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws
        -> ActResult<RemovedRoles>
    {
        let roles = role.isEmpty ? .authors : Subscriber.Roles(role.map(\.role))
        return try host.remove(roles, of: person, in: list)
    }

    func lines(of person: RemovedRoles) -> [String] {
        let left = person.remainingRoles.joined(separator: ", ")
        return [
            left.isEmpty
                ? "\(person.address) is removed from \(target.list)"
                : "\(person.address) is now only \(left)"
        ]
    }
}
