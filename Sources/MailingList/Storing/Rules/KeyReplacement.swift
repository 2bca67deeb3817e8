public import OpenPGP

/// What ends when a person gets another certificate.
public struct KeyReplacement: Sendable, Hashable {
    /// Workflows that were begun about the certificate before: they could take a revocation
    /// back.
    public let endedWorkflows: [Workflow.Kind]
    /// Whether the certifications that the key before has made are deleted.
    public let endsCertifications: Bool

    /// What ends when `next` replaces `old`.
    public init(of old: Certificate?, by next: Certificate) {
        endsCertifications = old.map { $0.fingerprint != next.fingerprint } ?? false
        guard let old, old.bytes != next.bytes else {
            endedWorkflows = []
            return
        }
        // A key that can encrypt again needs no other one in its place.
        endedWorkflows =
            [.keyChange, .keyUpdate, .subscription]
            + (next.encryptionSubkey == nil ? [] : [.keyReset])
    }

    /// Gives a person a certificate, with what ends then.
    ///
    /// Throws ``ListStoreError/keyInUse`` if a key of it belongs to another person of the
    /// list, and what the transaction throws.
    static func give(
        _ certificate: Certificate,
        to person: Subscriber,
        in records: any StoreTransaction
    ) throws {
        let replacement = Self(of: person.certificate, by: certificate)
        try records.setCertificate(certificate, of: person)
        if let old = person.certificate?.fingerprint, replacement.endsCertifications {
            try records.deleteCertifications(by: old, of: person.list)
        }
        try records.deleteWorkflows(
            of: person.address,
            in: person.list,
            kinds: replacement.endedWorkflows,
            endingBy: nil
        )
        try records.setUnusable(since: nil, of: person.id)
    }
}
