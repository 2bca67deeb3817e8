/// Why a certificate is not taken, by a fault of its own.
public enum CertificateRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not one certificate, or larger than one may be; the text says what.
    case malformed(String)
    /// A secret key was sent.
    case secretKey
    /// The primary key is revoked.
    case revoked
    /// The primary key has expired.
    case expired
    /// The primary key is RSA below 2048 bits, DSA, or of an unknown kind.
    case weakKey
    /// No user id or subkey is signed in a way that gpg believes: SHA-1, often.
    case noValidSelfSignature
    /// A subkey has no signature of the primary key that gpg believes.
    ///
    /// It might be another person's key, put there so that she cannot subscribe
    /// with it (CVE-2025-30258 has the same beginning).
    case unboundSubkey
    /// Nothing in it can be encrypted to now.
    case cannotEncrypt
    /// Nothing in it can sign now.
    case cannotSign

    /// Whether a certificate that was good comes to this by its owner's will or by time.
    package var isEndOfUse: Bool {
        switch self {
        case .revoked, .expired, .cannotEncrypt, .cannotSign: true
        case .malformed, .secretKey, .weakKey, .noValidSelfSignature, .unboundSubkey: false
        }
    }

    /// The reason in words, for whoever sent it.
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
