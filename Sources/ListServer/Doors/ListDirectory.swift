public import MailingList
public import SMTP

/// Says what an address is: a list's, and for what, or somebody else's.
///
/// It asks the store each time: a list that was made a second ago counts, and
/// ordinary mail costs one look-up by index.
public struct ListDirectory: Sendable {
    /// What an address turned out to be.
    public enum Resolution: Sendable, Hashable {
        /// Nothing of ours.
        case ordinary
        /// A role of one list, or for postmaster@ and abuse@ of several.
        case role([ListRecipient])
        /// It has the form of one of our addresses, and there is no such.
        case unknown
    }

    private let store: any ListStore
    private let isServed: @Sendable (EmailAddress) -> Bool

    /// Makes a directory of the lists of a store.
    ///
    /// - Parameters:
    ///   - store: Knows the lists.
    ///   - isServed: Whether Postfix's table leads to an address. If it does and the store does
    ///     not know the list, the store is not the one that the table was made from.
    public init(
        store: any ListStore,
        isServed: @escaping @Sendable (EmailAddress) -> Bool = { _ in false }
    ) {
        self.store = store
        self.isServed = isServed
    }

    /// Resolves an address as the world or as the gate writes it.
    ///
    /// Throws what the store throws, and ``UnknownToStore``: then nobody may take it for
    /// ordinary.
    public func resolve(_ address: EmailAddress) throws -> Resolution {
        for candidate in ListAddress.candidates(for: address) {
            switch candidate.role {
            case .postmaster, .abuse:
                guard try store.isDedicated(domain: candidate.list.domain.lowercased()) else {
                    continue
                }
                let lists = try store.lists().filter { list in
                    list.addresses.contains {
                        $0.domain.lowercased() == candidate.list.domain.lowercased()
                    }
                }
                guard !lists.isEmpty else { continue }
                return .role(
                    lists.map { ListRecipient(list: $0, role: candidate.role, bounced: nil) }
                )
            case .bounces(let text):
                guard let list = try store.list(at: candidate.list) else { continue }
                guard let token = AddressToken(text),
                    let subscriber = try store.subscriber(with: token, of: list.id)
                else { return .unknown }
                return .role(
                    [ListRecipient(list: list, role: candidate.role, bounced: subscriber.id)]
                )
            case .posting, .request, .owner, .join, .leave, .confirm, .sendkey:
                guard let list = try store.list(at: candidate.list) else { continue }
                return .role([ListRecipient(list: list, role: candidate.role, bounced: nil)])
            }
        }
        guard address.domain.lowercased() == ListAddress.gateDomain else { return .ordinary }
        guard !isServed(address) else { throw UnknownToStore() }
        return .unknown
    }
}

/// Postfix's table names an address that the store does not know.
struct UnknownToStore: Error, CustomStringConvertible {
    var description: String {
        "Postfix's table names a list that the database does not know. Restore the database from "
            + "a backup; if the list was deleted, run 'listseal postfix setup' as root"
    }
}

/// A role of a list that a message is for.
public struct ListRecipient: Sendable, Hashable {
    /// The list.
    public let list: MailingList
    /// What the message is for.
    public let role: ListRole
    /// The subscriber whose copy bounced, for a bounce.
    public let bounced: Subscriber.ID?

    /// Puts them side by side.
    public init(list: MailingList, role: ListRole, bounced: Subscriber.ID?) {
        self.list = list
        self.role = role
        self.bounced = bounced
    }

    /// Two are the same delivery if list and role are, whatever the token.
    public static func == (left: Self, right: Self) -> Bool {
        left.list.id == right.list.id && left.role == right.role
    }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(list.id)
        hasher.combine(role)
    }
}
