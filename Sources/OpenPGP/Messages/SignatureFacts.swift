public import Foundation

/// What was found about one signature, for the policies and the log.
public struct SignatureFacts: Sendable, Hashable {
    /// The key or subkey that made it, if the engine knows.
    public let signer: Fingerprint?
    /// The primary key of that, by the certificate's own packets.
    public let primary: Fingerprint?
    /// When it says it was made; only a good signature says the truth.
    public let created: Date
    /// When it says that it ends.
    public let expires: Date?
    /// How what was signed was hashed.
    public let hash: HashAlgorithm
    /// With what kind of key it was made.
    public let publicKeyAlgorithm: SignatureAlgorithm
    /// What it is worth.
    public let outcome: SignatureOutcome

    /// Puts them side by side.
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

/// A message whose signatures were checked.
public struct Verified: Sendable {
    /// The text, as the engine gave it.
    public let plaintext: [UInt8]
    /// One for each signature in the packets; none if there was none.
    public let signatures: [SignatureFacts]

    /// Puts them side by side.
    public init(plaintext: [UInt8], signatures: [SignatureFacts]) {
        self.plaintext = plaintext
        self.signatures = signatures
    }
}
