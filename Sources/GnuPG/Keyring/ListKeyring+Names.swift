import CGPGME
import OpenPGP

extension ListKeyring {
    /// Lets the key name more addresses, so that programs find it by them.
    ///
    /// Names stay for ever: whoever has the key has them.
    ///
    /// - Parameters:
    ///   - userIDs: `Name <address>`; those that the key has already stay as they are.
    ///   - makesPrimary: whether the first of them is what programs show of the key.
    /// - Throws: what the engine fails with; some of the names may then be there.
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
        guard makesPrimary else { return }
        try makePrimary(first)
    }

    func makePrimary(_ userID: String) throws(OpenPGPError) {
        let context = try directory.context(.createKey)
        let key = try GPGMEKey(fingerprint, in: context)
        try context.check(
            unsafe gpgme_op_set_uid_flag(context.pointer, key.pointer, userID, "primary", nil)
        )
    }
}
