import Foundation
import ListServer
import MailingList

/// What a new digest key costs.
package struct RenewedDigestKey: Sendable, Hashable, Encodable {
    /// Posts that wait for a moderator: they can only be rejected now.
    package let heldPosts: Int
    /// Posts that the list has not signed and that are still owed: they are not sent.
    package let unsignedPosts: Int
}

extension ListHost {
    /// Makes a digest key in the place of one that is lost, and counts what only that one could
    /// prove.
    ///
    /// Throws ``ActFailure`` of kind `notAllowed` if there is a key, ``DigestKeyError``, and what
    /// the store throws.
    package func renewDigestKey() throws -> ActResult<RenewedDigestKey> {
        guard !FileManager.default.fileExists(atPath: state.digestKey) else {
            throw ActFailure(
                .notAllowed,
                "\(state.digestKey) is there",
                hint: "if it is damaged, restore it from a backup; only if that is lost too, move "
                    + "the file away and run this again"
            )
        }
        var (held, unsigned) = (0, 0)
        for list in try store.lists() {
            held += try store.heldTotals(of: list.id).count
            var last: Int64 = 0
            // One at a time, because a post may have 100 MB.
            while let found = try store.storedPosts(of: list.id, after: last, limit: 1).first {
                last = found.id
                if found.post.mac != nil { unsigned += 1 }
            }
        }
        try DigestKey.make(at: state.digestKey)
        return ActResult(
            RenewedDigestKey(heldPosts: held, unsignedPosts: unsigned),
            note: "restart the daemon: it reads the key when it starts"
        )
    }
}
