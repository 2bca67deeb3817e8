import CGPGME
import OpenPGP

extension SignatureResult {
    // With `trust-model always` the summary of a good signature is 0, so neither the flag for
    // "valid" nor the absence of the flag for "red" is a sufficient check.
    private static let faultySummary: UInt32 = [
        GPGME_SIGSUM_RED, GPGME_SIGSUM_KEY_REVOKED, GPGME_SIGSUM_KEY_EXPIRED,
        GPGME_SIGSUM_SIG_EXPIRED, GPGME_SIGSUM_KEY_MISSING, GPGME_SIGSUM_CRL_MISSING,
        GPGME_SIGSUM_CRL_TOO_OLD, GPGME_SIGSUM_BAD_POLICY, GPGME_SIGSUM_SYS_ERROR,
        GPGME_SIGSUM_TOFU_CONFLICT,
    ].reduce(0) { $0 | $1.rawValue }

    /// Whether one of these keys made the signature and every check passed.
    func isGood(by keys: Set<String>) -> Bool {
        keys.contains(signer) && outcome(isStrongKey: true) == .good
    }

    /// The facts of the signature, if it is attributed to one certificate.
    func facts(in keys: [String: Bool], primary: Fingerprint?) -> SignatureFacts {
        let signer = Fingerprint(hex: signer)
        let isStrong = signer.flatMap { keys[$0.description] }
        var outcome = outcome(isStrongKey: isStrong ?? false)
        // This cannot happen, because the home has only this certificate.
        if outcome == .good, isStrong == nil { outcome = .unknownKey }
        return SignatureFacts(
            signer: signer,
            primary: isStrong == nil ? nil : primary,
            created: created,
            expires: expires,
            hash: hash,
            publicKeyAlgorithm: publicKeyAlgorithm,
            outcome: outcome
        )
    }

    private func outcome(isStrongKey: Bool) -> SignatureOutcome {
        switch status.rawValue {
        case 0: break
        case GPG_ERR_BAD_SIGNATURE.rawValue: return .bad
        case GPG_ERR_NO_PUBKEY.rawValue: return .unknownKey
        case GPG_ERR_SIG_EXPIRED.rawValue: return .expired
        case GPG_ERR_KEY_EXPIRED.rawValue: return .keyExpired
        case GPG_ERR_CERT_REVOKED.rawValue: return .keyRevoked
        case GPG_ERR_DIGEST_ALGO.rawValue: return .weakHash
        case GPG_ERR_WRONG_KEY_USAGE.rawValue, GPG_ERR_UNUSABLE_PUBKEY.rawValue:
            return .wrongUsage
        default: return .unsupported
        }
        // gpg reports a key id instead of a fingerprint if a signature is not good.
        guard summary & Self.faultySummary == 0, signer.utf8.count == 40 else {
            return .unsupported
        }
        if hasWrongKeyUsage { return .wrongUsage }
        if hash == .weak { return .weakHash }
        return isStrongKey && publicKeyAlgorithm != .other ? .good : .weakKey
    }
}
