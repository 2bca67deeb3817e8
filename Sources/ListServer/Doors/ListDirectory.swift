public import MailingList
import OpenPGP
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

    /// Asks this store.
    public init(store: any ListStore) {
        self.store = store
    }

    /// Resolves an address as the world or as the gate writes it.
    ///
    /// Throws what the store throws: then nobody may take it for ordinary.
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
                    try listsReachingEachOwner(lists).map {
                        ListRecipient(list: $0, role: candidate.role, bounced: nil)
                    }
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
        return address.domain.lowercased() == ListAddress.gateDomain ? .unknown : .ordinary
    }

    /// The fewest lists by which each owner who can read encrypted mail gets a message; all of
    /// them if no owner can.
    private func listsReachingEachOwner(_ lists: [MailingList]) throws -> [MailingList] {
        var owners = try lists.map { list in
            let readers = try store.owners(of: list.id).filter {
                $0.certificate?.encryptionSubkey != nil
            }
            return (list: list, missing: Set(readers.map(\.address.key)))
        }
        var chosen: Set<MailingList.ID> = []
        while let next = owners.max(by: { $0.missing.count < $1.missing.count }),
            !next.missing.isEmpty
        {
            chosen.insert(next.list.id)
            for index in owners.indices { owners[index].missing.subtract(next.missing) }
        }
        return chosen.isEmpty ? lists : lists.filter { chosen.contains($0.id) }
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
