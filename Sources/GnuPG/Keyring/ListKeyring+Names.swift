import CGPGME
import OpenPGP

extension ListKeyring {
    /// Adds user ids to the list's key, so that programs find the key by more addresses.
    ///
    /// A user id cannot be removed from copies of the key that other people have.
    ///
    /// - Parameters:
    ///   - userIDs: The user ids, as `Name <address>`; those that the key has stay unchanged.
    ///   - makesPrimary: Whether the first of them becomes the primary user id.
    /// - Throws: ``OpenPGPError`` if a user id is not valid or gpg fails; some of the user ids
    ///   may then have been added.
    public func name(_ userIDs: [String], makesPrimary: Bool) throws(OpenPGPError) {
        let first = try Self.check(userIDs, .createKey)
        let listings = try directory.context(.createKey).listKeys()
        guard let own = listings.first(where: { $0.keys[0].fingerprint == fingerprint.description })
        else { throw OpenPGPError(.unusableKey, .createKey) }
        for userID in userIDs where !own.userIDs.contains(userID) {
            let context = try directory.context(.createKey)
            let key = try GPGMEKey(fingerprint, in: context)
            try context.check(unsafe gpgme_op_adduid(context.pointer, key.pointer, userID, 0))
        }
        if makesPrimary { try makePrimary(first) }
        try directory.sync()
    }

    func makePrimary(_ userID: String) throws(OpenPGPError) {
        let context = try directory.context(.createKey)
        let key = try GPGMEKey(fingerprint, in: context)
        try context.check(
            unsafe gpgme_op_set_uid_flag(context.pointer, key.pointer, userID, "primary", nil)
        )
    }
}
