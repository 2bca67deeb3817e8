package import MailingList
import SMTP

/// What a person is on a list after roles were removed.
package struct RemovedRoles: Sendable, Hashable, Encodable {
    /// The address.
    package let address: String
    /// The roles that are left; empty if the person is no longer on the list.
    package let remainingRoles: [String]
}

extension ListHost {
    /// Removes roles of a person, with the deliveries that are pending for these roles;
    /// somebody without a role is removed from the list.
    ///
    /// Throws ``ActFailure`` of kind `notAllowed` if the person has none of the roles, or is
    /// the last owner.
    package func remove(
        _ roles: Subscriber.Roles,
        of person: Subscriber,
        in list: MailingList
    ) throws -> ActResult<RemovedRoles> {
        guard !person.roles.isDisjoint(with: roles) else {
            throw ActFailure(
                .notAllowed,
                "\(person.address) is \(person.roles.names.joined(separator: ", ")) of "
                    + "\(list.address) and nothing else",
                hint: "name the role to remove with --role"
            )
        }
        if roles.contains(.owner), person.roles.contains(.owner),
            try store.owners(of: list.id).count == 1
        {
            throw ActFailure.lastOwner(person, of: list)
        }
        do {
            try store.removeRoles(roles, of: person.id)
        } catch ListStoreError.lastOwner {
            throw ActFailure.lastOwner(person, of: list)
        }
        return ActResult(
            RemovedRoles(
                address: person.address.description,
                remainingRoles: person.roles.subtracting(roles).names
            )
        )
    }
}

extension ActFailure {
    fileprivate static func lastOwner(_ person: Subscriber, of list: MailingList) -> Self {
        ActFailure(
            .notAllowed,
            "\(person.address) is the last owner of \(list.address)",
            hint: "add another with 'listseal subscriber add --role owner' first"
        )
    }
}
