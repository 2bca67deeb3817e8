import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The key of one address in a Web Key Directory.
package struct PublishedKey: Sendable, Hashable, Encodable {
    /// The address.
    package let address: String
    /// The file; nil if the list's key has no user id for the address.
    package let file: String?
}

extension ListHost {
    /// Writes the keys of all lists as the files of a Web Key Directory.
    ///
    /// Removes what it wrote for lists that no longer exist, and nothing else.
    ///
    /// Throws ``ActFailure`` of kind `file`, and what the engine throws.
    package func exportWebKeyDirectory(to folder: String) throws -> ActResult<[PublishedKey]> {
        let tree = try WebKeyTree(at: folder)
        var files: [String: Data] = [:]
        var published: [PublishedKey] = []
        for list in try store.lists() {
            let key = try exportKey(of: list, armored: false)
            for address in list.addresses + list.addresses(of: .request) {
                let name = WebKeyDirectory.fileName(forLocalPart: address.localPart)
                let file = "\(address.domain.lowercased())/hu/\(name)"
                // An imported key may have no user id for one of them.
                let bytes = WebKeyDirectory.key(key, for: address.description)
                files[file] = bytes.map { Data($0) }
                published.append(
                    PublishedKey(
                        address: address.description,
                        file: bytes.map { _ in "\(folder)/\(file)" }
                    )
                )
            }
        }
        try tree.replace(with: files)
        return ActResult(published)
    }
}
