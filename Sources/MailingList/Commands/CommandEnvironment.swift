public import OpenPGP
public import SMTP

/// The questions that a mail command may ask about its list.
///
/// Each method throws only for a failure of ours: the peer gets 451.
public protocol CommandEnvironment: Sendable {
    /// The workflow that waits for the token with this digest.
    func workflow(awaiting digest: [UInt8]) throws -> Workflow?
    /// A person's workflow of one kind, if one is under way.
    func pending(_ address: EmailAddress, _ kind: Workflow.Kind) throws -> Workflow?
    /// Judges a certificate that somebody sent, as an update of a known one if it is one.
    func inspect(
        _ bytes: [UInt8],
        _ known: Certificate?
    ) throws -> Result<Certificate, CertificateRefusal>
    /// The post that waits for the token with this digest.
    func held(_ digest: [UInt8]) throws -> HeldPost?
    /// The changes that follow when a held post is accepted.
    func release(_ post: HeldPost) throws -> HeldRelease
    /// The changes that follow when a held post is rejected, with a reason for its author.
    func rejection(_ post: HeldPost, _ reason: String) throws -> Transition
    /// The certifications of the list's key by one person, in a copy of that key.
    func certifications(
        _ copy: [UInt8],
        _ certifier: Certificate
    ) throws -> Result<[Certification], CertificationRefusal>
    /// Whether a key of the certificate belongs to the list, or to another person of it.
    func isTaken(_ certificate: Certificate, _ address: EmailAddress) throws -> Bool
    /// The limit that keeps an address from getting a mail of this kind, in words for the
    /// log; nil if it may get one.
    func limit(_ kind: ReplyLimit.Kind, to address: EmailAddress) throws -> String?
    /// The key that owners have bound to an address outside the list.
    func externalContact(_ address: EmailAddress) throws -> ExternalContact?
    /// The person at an address.
    func subscriber(_ address: EmailAddress) throws -> Subscriber?
    /// The subscribers, so many at most.
    func subscribers(_ limit: Int) throws -> [Subscriber]
}
