import CGPGME
import OpenPGP

extension ListKeyring {
    /// The longest user id in octets: it must fit into a header field as a mailbox.
    private static let maximumUserID = 512

    /// Creates a home with a new key that does not expire and has no passphrase.
    ///
    /// It takes at most a second for Curve25519; the time for RSA depends on the search for
    /// primes.
    ///
    /// - Parameters:
    ///   - home: A directory that does not exist or is empty, with a path of at most 87 octets.
    ///   - engine: The gpg to use.
    ///   - algorithm: The algorithm of the key.
    ///   - userIDs: The user ids, as `Name <address>`, the primary one first.
    /// - Returns: The keyring of the home, with which a test message was sealed and opened, and
    ///   whose files are on disk.
    /// - Throws: ``OpenPGPError`` if an argument is not valid or gpg fails. The home may then
    ///   be incomplete, and its agent is stopped.
    public static func create(
        home: String,
        engine: Engine,
        algorithm: ListKeyAlgorithm = .curve25519,
        userIDs: [String]
    ) throws(OpenPGPError) -> ListKeyring {
        try algorithm.check()
        let primary = try check(userIDs, .createKey)
        let directory = GnuPGHome(path: home, engine: engine)
        try directory.create(configuration: GnuPGHomeFiles.listConfiguration)
        do {
            let fingerprint = try makeKey(algorithm, userID: primary, in: directory)
            let keyring = ListKeyring(home: home, fingerprint: fingerprint, engine: engine)
            try keyring.add(userIDs, to: [primary])
            try keyring.probe()
            try directory.sync()
            return keyring
        } catch {
            directory.stopAgent()
            throw error
        }
    }

    /// Checks that each user id is valid in a key and in a header field, and returns the first.
    static func check(
        _ userIDs: [String],
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> String {
        guard let first = userIDs.first,
            userIDs.allSatisfy({ userID in
                !userID.isEmpty && userID.utf8.count <= maximumUserID
                    && userID.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            })
        else { throw OpenPGPError(.badUserID, operation) }
        return first
    }

    /// Adds the user ids that are missing, and makes the first one primary.
    func add(_ userIDs: [String], to present: [String]) throws(OpenPGPError) {
        for userID in userIDs where !present.contains(userID) {
            let context = try directory.context(.createKey)
            let key = try GPGMEKey(fingerprint, in: context)
            try context.check(unsafe gpgme_op_adduid(context.pointer, key.pointer, userID, 0))
        }
        guard let primary = userIDs.first, userIDs.count > 1 || !present.contains(primary) else {
            return
        }
        try makePrimary(primary)
    }

    private static func makeKey(
        _ algorithm: ListKeyAlgorithm,
        userID: String,
        in directory: GnuPGHome
    ) throws(OpenPGPError) -> Fingerprint {
        let always = UInt32(GPGME_CREATE_NOPASSWD | GPGME_CREATE_NOEXPIRE)
        let context = try directory.creationContext(.createKey)
        try context.check(
            unsafe gpgme_op_createkey(
                context.pointer,
                userID,
                algorithm.names.primary,
                0,
                0,
                nil,
                always | UInt32(GPGME_CREATE_CERT | GPGME_CREATE_SIGN)
            )
        )
        guard let text = unsafe gpgme_op_genkey_result(context.pointer)?.pointee.fpr,
            let fingerprint = Fingerprint(hex: unsafe String(cString: text))
        else { throw OpenPGPError(.engineInconsistent, .createKey) }
        let subkeyContext = try directory.creationContext(.createKey)
        let key = try GPGMEKey(fingerprint, in: subkeyContext)
        try subkeyContext.check(
            unsafe gpgme_op_createsubkey(
                subkeyContext.pointer,
                key.pointer,
                algorithm.names.subkey,
                0,
                0,
                always | UInt32(GPGME_CREATE_ENCR)
            )
        )
        return fingerprint
    }
}
