/// Why a message could not be opened; the fault is the sender's.
///
/// The reason is for the log only. The peer gets the same reply, at the same time, for all
/// of them: if the replies to a bad RSA padding and a bad MDC differed, a peer could make
/// the list decrypt by asking often enough.
public enum OpenRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// No key of the list is among the recipients.
    case notForUs
    /// The session key or the encrypted data is damaged or was modified.
    ///
    /// It stands for six error codes of gpg, so that they cannot be told apart.
    case undecryptable
    /// GnuPG found other packets than the scan.
    case malformed
    /// The cipher is not AES, or there is no integrity protection.
    case weakEncryption
    /// The plaintext exceeds the limit.
    case tooLarge
    /// GnuPG crashed, was killed by the timeout, or ended without a result.
    ///
    /// It is not known whose fault it is. The caller counts it and refuses a message at its
    /// third failure.
    case engineFailed

    /// The reason in words, for the log.
    public var description: String {
        switch self {
        case .notForUs: "it is not encrypted to the list's key"
        case .undecryptable: "it does not decrypt: damaged, or somebody tampered with it"
        case .malformed: "the engine saw other packets than the scan"
        case .weakEncryption: "the encryption is not AES with integrity protection"
        case .tooLarge: "the plaintext is longer than it may be"
        case .engineFailed: "the engine ended without a verdict"
        }
    }
}
