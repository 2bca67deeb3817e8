/// The validity of one signature.
public enum SignatureOutcome: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Every check passed; its age is not checked here.
    case good
    /// The signature is not over this content.
    case bad
    /// The key that made it is not in the certificate.
    case unknownKey
    /// The signature has expired.
    case expired
    /// The key has expired.
    case keyExpired
    /// The key or its primary key is revoked.
    case keyRevoked
    /// The hash algorithm is SHA-1 or weaker, or unknown.
    case weakHash
    /// The key is RSA outside 2048 to 8192 bits, DSA, or of an unknown algorithm.
    case weakKey
    /// The key may not sign, or lacks its own signature that binds it to its primary key.
    case wrongUsage
    /// It is not a signature over a document, or gpg does not support it.
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
    /// Whether the key made the signature over this content, even if either has since expired
    /// or the key is revoked.
    public var isVerified: Bool {
        switch self {
        case .good, .expired, .keyExpired, .keyRevoked: true
        case .bad, .unknownKey, .weakHash, .weakKey, .wrongUsage, .unsupported: false
        }
    }
}
