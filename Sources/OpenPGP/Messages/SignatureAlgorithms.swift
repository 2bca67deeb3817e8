/// How what was signed was hashed.
public enum HashAlgorithm: String, Sendable, Hashable {
    /// SHA-256.
    case sha256 = "SHA256"
    /// SHA-384.
    case sha384 = "SHA384"
    /// SHA-512.
    case sha512 = "SHA512"
    /// Broken, or too short, or unknown: never good.
    case weak
}

/// With what kind of key a signature was made.
public enum SignatureAlgorithm: String, Sendable, Hashable {
    /// RSA.
    case rsa = "RSA"
    /// ECDSA, on any curve.
    case ecdsa = "ECDSA"
    /// EdDSA: Ed25519.
    case eddsa = "EdDSA"
    /// DSA, or what this code does not know: never good.
    case other
}
