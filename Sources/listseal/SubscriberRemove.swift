import ArgumentParser
import MailingList

/// The command `listseal subscriber remove`.
struct SubscriberRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a person off a list, with all that is owed to her."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @Flag(help: "Take her role as owner as well, or only that if she is nothing else.")
    var owner = false
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
        let roles: Subscriber.Roles = owner ? [.subscriber, .owner] : .subscriber
        guard !subscriber.roles.isDisjoint(with: roles) else {
            throw CommandFailure(
                "\(address) is an owner of \(target.address) and nothing else",
                hint: "add --owner to take that role"
            )
        }
        if owner, subscriber.roles.contains(.owner),
            try administration.store.owners(of: target.id).count == 1
        {
            throw CommandFailure(
                "\(address) is the last owner of \(target.address)",
                hint: "add another with 'listseal subscriber add --owner' first"
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
