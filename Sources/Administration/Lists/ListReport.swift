package import Foundation
package import MailingList
import OpenPGP
import SMTP

/// A list as an administrator sees it.
package struct ListReport: Sendable, Hashable, Encodable {
    /// The posting address.
    package let address: String
    /// Other posting addresses of the same list.
    package let aliases: [String]
    /// What its copies have in `List-Id`.
    package let listID: String
    /// The primary fingerprint of its key.
    package let fingerprint: String
    /// The same of the key before, while mail may still be encrypted to that.
    package let previousFingerprint: String?
    /// When the secret half of the key before is destroyed.
    package let previousEnds: Date?
    /// When the list was made.
    package let created: Date
    /// Each setting by its name, as it is typed.
    package let settings: [String: String]
    /// The addresses of its owners.
    package let owners: [String]

    init(_ list: MailingList, owners: [Subscriber]) {
        address = list.address.description
        aliases = list.aliases.map(\.description)
        listID = list.listID
        fingerprint = list.fingerprint.description
        previousFingerprint = list.previousKey?.fingerprint.description
        previousEnds = list.previousKey?.ends
        created = list.created
        settings = Dictionary(
            uniqueKeysWithValues: ListSettings.table.map { ($0.name, $0.value(list.settings)) }
        )
        self.owners = owners.map(\.address.description)
    }
}

extension ListHost {
    /// Describes a list.
    package func show(_ list: MailingList) throws -> ActResult<ListReport> {
        ActResult(ListReport(list, owners: try store.owners(of: list.id)))
    }

    /// Describes every list, by address.
    package func lists() throws -> ActResult<[ListReport]> {
        ActResult(
            try store.lists().map { ListReport($0, owners: try store.owners(of: $0.id)) }
        )
    }

    /// Describes a list as it is stored now.
    func report(of list: MailingList.ID) throws -> ListReport {
        guard let list = try store.list(list) else { throw ListStoreError.notFound }
        return try show(list).report
    }
}
