import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP

/// Answers the questions of mail commands about one list at one time.
struct ListEnvironment: CommandEnvironment {
    let list: MailingList
    let store: any ListStore
    let sealer: Sealer
    let moderation: Moderation
    let sources: SourceLimits
    /// The address of the client that sent the mail.
    let client: String?
    let now: Date

    func workflow(awaiting digest: [UInt8]) throws -> Workflow? {
        try store.workflow(awaiting: digest)
    }

    func pending(_ address: EmailAddress, _ kind: Workflow.Kind) throws -> Workflow? {
        try store.workflow(kind, of: address, in: list.id, now: now)
    }

    func inspect(
        _ bytes: [UInt8],
        _ known: Certificate?
    ) throws -> Result<Certificate, CertificateRefusal> {
        try sealer.keys.certificates.inspect(bytes, updating: known, now: now)
    }

    func held(_ digest: [UInt8]) throws -> HeldPost? { try store.heldPost(awaiting: digest) }

    func release(_ post: HeldPost) throws -> HeldRelease {
        do {
            return try moderation.release(post, of: list, now: now)
        } catch let error as ModerationError {
            // Nothing of ours failed: the row was changed, and stays so at the next try.
            return .impossible(error.problem)
        }
    }

    func rejection(_ post: HeldPost, _ reason: String) throws -> Transition {
        try moderation.rejection(of: post, of: list, reason: reason, now: now)
    }

    func certifications(
        _ copy: [UInt8],
        _ certifier: Certificate
    ) throws -> Result<[Certification], CertificationRefusal> {
        try sealer.keys.certificates.certifications(
            in: copy,
            of: sealer.keys.keyring(of: list).publicKey(),
            by: certifier
        )
    }

    func isTaken(_ certificate: Certificate, _ address: EmailAddress) throws -> Bool {
        try store.isTaken(certificate.provenFingerprints, besides: address, in: list.id)
    }

    func limit(_ kind: ReplyLimit.Kind, to address: EmailAddress) throws -> String? {
        let limit: String
        if try !store.mayWrite(kind, to: address, from: list.id, now: now) {
            limit = "the address got one within a day, or the list wrote too many within an hour"
        } else if try store.subscriber(at: address, of: list.id) == nil,
            !sources.allows(kind, from: client, at: now)
        {
            limit = "the client made the list write too many within an hour"
        } else {
            return nil
        }
        try store.count(.withheld, of: list.id)
        return limit
    }

    func externalContact(_ address: EmailAddress) throws -> ExternalContact? {
        try store.externalContact(at: address, of: list.id)
    }

    func subscriber(_ address: EmailAddress) throws -> Subscriber? {
        try store.subscriber(at: address, of: list.id)
    }

    func subscribers(_ limit: Int) throws -> [Subscriber] {
        try store.subscribers(of: list.id, holding: .subscriber, after: 0, limit: limit)
    }
}
