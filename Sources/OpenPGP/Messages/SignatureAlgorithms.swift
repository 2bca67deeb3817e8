/// The hash algorithm of a signature.
public enum HashAlgorithm: String, Sendable, Hashable {
    /// SHA-256.
    case sha256 = "SHA256"
    /// SHA-384.
    case sha384 = "SHA384"
    /// SHA-512.
    case sha512 = "SHA512"
    /// A broken, too short or unknown hash; such a signature is never good.
    case weak
}

/// The public-key algorithm of a signature.
public enum SignatureAlgorithm: String, Sendable, Hashable {
    /// RSA.
    case rsa = "RSA"
    /// ECDSA, on any curve.
    case ecdsa = "ECDSA"
    /// EdDSA: Ed25519.
    case eddsa = "EdDSA"
    /// DSA or an unknown algorithm; such a signature is never good.
    case other
}
