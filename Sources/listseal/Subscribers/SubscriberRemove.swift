import ArgumentParser
import MailingList

/// The command `listseal subscriber remove`.
struct SubscriberRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a person off a list, with all that is owed to her.",
        discussion: "Without --role she is no subscriber and no nonmember any more."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @Option(help: "A role to take; several times for several.")
    var role: [RoleArgument] = []
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Removed: Encodable {
        let address: String
        let remainingRoles: [String]
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let subscriber = try administration.subscriber(address, of: target)
        let roles = role.isEmpty ? .authors : Subscriber.Roles(role.map(\.role))
        guard !subscriber.roles.isDisjoint(with: roles) else {
            throw CommandFailure(
                "\(address) is \(subscriber.roles.names.joined(separator: ", ")) of "
                    + "\(target.address) and nothing else",
                hint: "name with --role what she shall not be any more"
            )
        }
        if roles.contains(.owner), subscriber.roles.contains(.owner),
            try administration.store.owners(of: target.id).count == 1
        {
            throw CommandFailure(
                "\(address) is the last owner of \(target.address)",
                hint: "add another with 'listseal subscriber add --role owner' first"
            )
        }
        try administration.store.removeRoles(roles, of: subscriber.id)
        let left = subscriber.roles.subtracting(roles).names
        try output.print(
            Removed(address: address, remainingRoles: left),
            or: [
                left.isEmpty
                    ? "\(address) is removed from \(target.address)"
                    : "\(address) is now only \(left.joined(separator: ", "))"
            ]
        )
    }
}
