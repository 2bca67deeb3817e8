import Foundation
import GnuPG
import ListServer
package import MailingList
import OpenPGP
import SMTP

/// A list that was deleted, or that would be.
package struct DeletedList: Sendable, Hashable, Encodable {
    /// The posting address.
    package let address: String
    /// Whether it is deleted.
    package let isDeleted: Bool
    /// Its copies that were not delivered yet.
    package let owedCopies: Int
}

extension ListHost {
    /// Says what deleting a list would delete.
    package func previewDeletion(of list: MailingList) throws -> ActResult<DeletedList> {
        ActResult(try deleted(list, isDeleted: false))
    }

    /// Deletes a list with its secret keys, its people and its posts; its revocation
    /// certificates stay.
    ///
    /// The keys go first: should the rest fail, nothing can be decrypted any more, and the list
    /// can still be deleted. Throws ``ActFailure`` of kind `incomplete` if only Postfix does not
    /// know of it, and what the store and the file system throw.
    package func delete(_ list: MailingList) throws -> ActResult<DeletedList> {
        let report = try deleted(list, isDeleted: true)
        for number in 0...list.keyNumber + 1 {
            let home = state.keyHome(of: list.id, key: number)
            guard FileManager.default.fileExists(atPath: home) else { continue }
            ListKeyring(home: home, fingerprint: list.fingerprint, engine: keys.engine)
                .stopAgent()
            try FileManager.default.removeItem(atPath: home)
        }
        try store.deleteList(list.id)
        return ActResult(report, note: try updateAddressMap())
    }

    private func deleted(_ list: MailingList, isDeleted: Bool) throws -> DeletedList {
        DeletedList(
            address: list.address.description,
            isDeleted: isDeleted,
            owedCopies: try store.owedCopies(of: list.id, after: 0, limit: 1_000_000).count
        )
    }
}
