import CGPGME
import Foundation
import OpenPGP

extension ListKeyring {
    /// Creates a home with an existing secret key.
    ///
    /// The key is checked by sealing and opening a test message. The result of the import is
    /// ignored, because a key with a passphrase imports without an error and then decrypts
    /// nothing. Self-signatures with SHA-1 are replaced.
    ///
    /// - Parameters:
    ///   - home: A directory that does not exist or is empty.
    ///   - engine: The gpg to use.
    ///   - secretKey: One secret key with its public part, armored or binary.
    ///   - userIDs: The user ids to add if the key does not have them; the first becomes
    ///     primary.
    /// - Returns: The keyring of the home, with which a test message was sealed and opened, and
    ///   whose files are on disk.
    /// - Throws: ``OpenPGPError/Code/notOneSecretKey``,
    ///   ``OpenPGPError/Code/passphraseProtected``, ``OpenPGPError/Code/unusableKey``, and
    ///   other codes if gpg fails. The agent of the home is then stopped.
    public static func create(
        home: String,
        engine: Engine,
        importing secretKey: [UInt8],
        userIDs: [String]
    ) throws(OpenPGPError) -> ListKeyring {
        _ = try check(userIDs, .importKey)
        let directory = GnuPGHome(path: home, engine: engine)
        try directory.create(configuration: GnuPGHomeFiles.importConfiguration)
        do {
            let fingerprint = try importKey(secretKey, into: directory)
            let keyring = ListKeyring(home: home, fingerprint: fingerprint, engine: engine)
            try keyring.adopt(userIDs)
            try directory.sync()
            return keyring
        } catch {
            directory.stopAgent()
            throw error
        }
    }

    private static func importKey(
        _ secretKey: [UInt8],
        into directory: GnuPGHome
    ) throws(OpenPGPError) -> Fingerprint {
        let context = try directory.context(.importKey)
        let input = try GPGMEInput(secretKey, .importKey)
        // The result of the import is ignored; the key itself is checked below.
        _ = unsafe gpgme_op_import(context.pointer, input.pointer)
        let secret = try directory.context(.importKey).listKeys(secret: true)
        let all = try directory.context(.importKey).listKeys()
        guard secret.count == 1, all.count == 1,
            let fingerprint = Fingerprint(hex: secret[0].keys[0].fingerprint)
        else { throw OpenPGPError(.notOneSecretKey, .importKey) }
        return fingerprint
    }

    // Uses the lenient configuration first: gpg must accept SHA-1 self-signatures once to
    // replace them.
    private func adopt(_ userIDs: [String]) throws(OpenPGPError) {
        do {
            try probe()
            try renewSelfSignatures()
            try add(userIDs, to: try listing().userIDs)
        } catch {
            switch error.code {
            case .noPinEntry, .badPassphrase, .canceled:
                throw OpenPGPError(.passphraseProtected, .importKey)
            // The test message did not open, so the key is not usable.
            case .forgery: throw OpenPGPError(.unusableKey, .importKey)
            default: throw error
            }
        }
        try directory.configure(GnuPGHomeFiles.listConfiguration)
        let listing = try listing()
        guard !listing.isRevoked, !listing.isExpired, !listing.isInvalid,
            listing.canSign(now: Date()), listing.encryptionKey(now: Date()) != nil,
            listing.userIDs.contains(where: userIDs.contains)
        else { throw OpenPGPError(.unusableKey, .importKey) }
        try probe()
    }

    private func renewSelfSignatures() throws(OpenPGPError) {
        // Setting the expiry to the value that it has makes gpg sign again.
        let listing = try listing()
        for (index, key) in listing.keys.enumerated() where !key.isUnusable {
            let context = try directory.context(.importKey)
            let handle = try GPGMEKey(fingerprint, in: context)
            let seconds = key.expires.map { max(1, $0.timeIntervalSinceNow) } ?? 0
            try context.check(
                unsafe gpgme_op_setexpire(
                    context.pointer,
                    handle.pointer,
                    UInt(seconds),
                    index == 0 ? nil : key.fingerprint,
                    0
                )
            )
        }
    }

    private func listing() throws(OpenPGPError) -> KeyListing {
        let listings = try directory.context(.importKey).listKeys()
        guard let listing = listings.first else { throw OpenPGPError(.unusableKey, .importKey) }
        return listing
    }
}
