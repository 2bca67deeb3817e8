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

    /// Resolves a recipient as Postfix's `{rcpt_addr}` writes it: quoted where it must be.
    ///
    /// The milter must call unknown what the gate cannot read: as ordinary mail it would pass,
    /// and Postfix would bounce it to a sender whom nobody has proven. So a text that is no
    /// address, or too long for one, is unknown below a dedicated domain, and where what
    /// stands before its extension is a list's address.
    ///
    /// Throws what the store throws: then nobody may take it for ordinary.
    ///
    /// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
    public func resolve(recipient text: String) throws -> Resolution {
        if let address = EmailAddress(text) { return try resolve(address) }
        let scalars = text.unicodeScalars
        guard let at = scalars.lastIndex(of: "@") else { return .ordinary }
        let domain = String(scalars[scalars.index(after: at)...])
        if try store.isDedicated(domain: domain.lowercased()) { return .unknown }
        guard let name = Self.withoutExtension(text) else { return .ordinary }
        return try resolve(name) == .ordinary ? .ordinary : .unknown
    }

    // The address in front of an extension; nil if there is none.
    private static func withoutExtension(_ text: String) -> EmailAddress? {
        let scalars = text.unicodeScalars
        guard let at = scalars.lastIndex(of: "@") else { return nil }
        // Postfix looks for the extension behind the opening quote.
        var local = scalars[..<at]
        if local.first == "\"" { local = local.dropFirst() }
        guard let plus = local.firstIndex(of: "+") else { return nil }
        return EmailAddress("\(String(local[..<plus]))\(String(scalars[at...]))")
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
        guard address.domain.lowercased() == ListAddress.gateDomain else { return .ordinary }
        // A list that is known has no such extension. Otherwise the list is known to nobody,
        // or to Postfix alone.
        if let name = Self.withoutExtension(address.description) {
            return try resolve(name) == .ordinary ? .ordinary : .unknown
        }
        guard !isServed(address) else { throw UnknownToStore() }
        return .unknown
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
