/// Why a certificate is not accepted; the fault is in the certificate.
public enum CertificateRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not exactly one certificate, or it is too large; the text says what is wrong.
    case malformed(String)
    /// It contains a secret key.
    case secretKey
    /// The primary key is revoked.
    case revoked
    /// The primary key has expired.
    case expired
    /// The primary key is RSA outside 2048 to 8192 bits, DSA, or of an unknown algorithm.
    case weakKey
    /// No user id or subkey has a self-signature that gpg accepts, often because of SHA-1.
    case noValidSelfSignature
    /// A subkey has no binding signature that gpg accepts.
    ///
    /// It might be another person's key, put there so that this person cannot subscribe
    /// with it (CVE-2025-30258 starts in the same way).
    case unboundSubkey
    /// No key in it can be encrypted to now.
    case cannotEncrypt
    /// No key in it can sign now.
    case cannotSign

    /// Whether a good certificate can get into this state by its owner's decision or by time.
    package var isEndOfUse: Bool {
        switch self {
        case .revoked, .expired, .cannotEncrypt, .cannotSign: true
        case .malformed, .secretKey, .weakKey, .noValidSelfSignature, .unboundSubkey: false
        }
    }

    /// The reason in words, for the person who sent it.
    public var description: String {
        switch self {
        case .malformed(let detail): "it is not a usable OpenPGP certificate: \(detail)"
        case .secretKey:
            "it contains a secret key, which nobody else may ever see; export the public key"
        case .revoked: "the key is revoked"
        case .expired: "the key has expired; extend it and export it again"
        case .weakKey: "the primary key is weak: RSA with 2048 to 8192 bits or a curve is needed"
        case .noValidSelfSignature:
            "no user id is signed in a way that is still believed (SHA-1?); renew the key"
        case .unboundSubkey:
            "a subkey is not signed by the key in a way that is still believed (SHA-1?); renew it"
        case .cannotEncrypt: "the key has no valid subkey to encrypt to"
        case .cannotSign: "the key has no valid part that can sign"
        }
    }
}
