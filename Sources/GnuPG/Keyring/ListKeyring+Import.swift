import CGPGME
import Foundation
import OpenPGP

extension ListKeyring {
    /// Makes a home with a secret key from elsewhere.
    ///
    /// Whether it is good is found by sealing and opening with it, never by what
    /// the import reports: a key with a passphrase imports without complaint, and
    /// then no message opens. Self-signatures with SHA-1 are made anew.
    ///
    /// - Parameters:
    ///   - home: a directory that does not exist or is empty.
    ///   - engine: the engine.
    ///   - secretKey: one secret key with its public part, armored or binary.
    ///   - userIDs: those to add if it does not have them; the first becomes
    ///     primary.
    /// - Returns: the keyring of the home, which has sealed and opened once.
    /// - Throws: ``OpenPGPError/Code/notOneSecretKey``,
    ///   ``OpenPGPError/Code/passphraseProtected``, ``OpenPGPError/Code/unusableKey``
    ///   and what the engine fails with; no agent is left then.
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
        // What it says is not looked at: the key is.
        _ = unsafe gpgme_op_import(context.pointer, input.pointer)
        let secret = try directory.context(.importKey).listKeys(secret: true)
        let all = try directory.context(.importKey).listKeys()
        guard secret.count == 1, all.count == 1,
            let fingerprint = Fingerprint(hex: secret[0].keys[0].fingerprint)
        else { throw OpenPGPError(.notOneSecretKey, .importKey) }
        return fingerprint
    }

    // Under lenient rules first: who would make SHA-1 self-signatures anew must
    // believe them once.
    private func adopt(_ userIDs: [String]) throws(OpenPGPError) {
        do {
            try probe()
            try renewSelfSignatures()
            try add(userIDs, to: try listing().userIDs)
        } catch {
            switch error.code {
            case .noPinEntry, .badPassphrase, .canceled:
                throw OpenPGPError(.passphraseProtected, .importKey)
            // The probe's own seal did not open: the key is what is wrong.
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
        // An expiry that is set to what it was is signed anew.
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
