public import Foundation

/// The result of checking one signature, for the policies and the log.
public struct SignatureFacts: Sendable, Hashable {
    /// The key or subkey that made the signature; nil if GnuPG does not know its fingerprint.
    public let signer: Fingerprint?
    /// The primary key of ``signer``; nil if the certificate does not contain ``signer``.
    public let primary: Fingerprint?
    /// The creation time in the signature; it can be trusted only if the signature is good.
    public let created: Date
    /// The expiry time in the signature; nil if it does not expire.
    public let expires: Date?
    /// The hash algorithm.
    public let hash: HashAlgorithm
    /// The public-key algorithm.
    public let publicKeyAlgorithm: SignatureAlgorithm
    /// The result of all checks.
    public let outcome: SignatureOutcome

    /// Makes the facts of one signature; they are not checked for consistency.
    public init(
        signer: Fingerprint?,
        primary: Fingerprint?,
        created: Date,
        expires: Date?,
        hash: HashAlgorithm,
        publicKeyAlgorithm: SignatureAlgorithm,
        outcome: SignatureOutcome
    ) {
        self.signer = signer
        self.primary = primary
        self.created = created
        self.expires = expires
        self.hash = hash
        self.publicKeyAlgorithm = publicKeyAlgorithm
        self.outcome = outcome
    }
}

/// A message whose signatures were checked; each may be good or not.
public struct Verified: Sendable {
    /// The plaintext; for a detached signature, the signed content.
    public let plaintext: [UInt8]
    /// The facts of each signature in the message; empty if it is not signed.
    public let signatures: [SignatureFacts]

    /// Makes a result; the caller must have checked the signatures over this plaintext.
    public init(plaintext: [UInt8], signatures: [SignatureFacts]) {
        self.plaintext = plaintext
        self.signatures = signatures
    }
}
