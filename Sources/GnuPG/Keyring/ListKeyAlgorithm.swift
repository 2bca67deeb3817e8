/// The algorithm of a new list key.
public enum ListKeyAlgorithm: Sendable, Hashable {
    /// Ed25519 to sign and Curve25519 to encrypt: small, fast, and supported by every program
    /// that has been maintained since 2016.
    case curve25519
    /// RSA with 2048 to 8192 bits, for authors with older programs.
    case rsa(bits: Int)

    /// The names that gpg has for the algorithms of the primary key and the encryption subkey.
    var names: (primary: String, subkey: String) {
        switch self {
        case .curve25519: ("ed25519", "cv25519")
        case .rsa(let bits): ("rsa\(bits)", "rsa\(bits)")
        }
    }

    func check() throws(OpenPGPError) {
        switch self {
        case .curve25519: break
        case .rsa(let bits) where (2048...8192).contains(bits): break
        case .rsa: throw OpenPGPError(.badKeySize, .createKey)
        }
    }
}
