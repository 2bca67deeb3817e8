/// What one signature is worth.
public enum SignatureOutcome: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Every check passed. Whether it is too old, or from the future, is judged
    /// elsewhere.
    case good
    /// Something else was signed.
    case bad
    /// Made by a key that is not in the certificate.
    case unknownKey
    /// The signature's own time is over.
    case expired
    /// The key's time is over.
    case keyExpired
    /// The key, or what it is a subkey of, is revoked.
    case keyRevoked
    /// Hashed with SHA-1 or worse.
    case weakHash
    /// RSA below 2048 bits, DSA, or what this code does not know.
    case weakKey
    /// The key may not sign, or does not say that it belongs to its primary key.
    case wrongUsage
    /// A signature over something that is not a document, or of a kind that gpg
    /// does not read.
    case unsupported

    /// The reason in words, for the log.
    public var description: String {
        switch self {
        case .good: "good"
        case .bad: "bad: something else was signed"
        case .unknownKey: "by an unknown key"
        case .expired: "expired"
        case .keyExpired: "by an expired key"
        case .keyRevoked: "by a revoked key"
        case .weakHash: "with a weak hash"
        case .weakKey: "by a weak key"
        case .wrongUsage: "by a key that may not sign"
        case .unsupported: "not supported"
        }
    }
}

extension SignatureOutcome {
    /// Whether the key has made it over these octets, whatever became of either since.
    public var isVerified: Bool {
        switch self {
        case .good, .expired, .keyExpired, .keyRevoked: true
        case .bad, .unknownKey, .weakHash, .weakKey, .wrongUsage, .unsupported: false
        }
    }
}
