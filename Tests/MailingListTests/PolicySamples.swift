import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// A post that every policy passes, and the context in which it does.
struct PolicySamples {
    var list: MailingList
    let author: Subscriber
    let now = StoreSamples.time(1000)

    init() throws {
        list = MailingList(
            id: 1,
            address: try StoreSamples.address("a@lists.example"),
            key: MailingList.Key(fingerprint: try StoreSamples.fingerprint(1)),
            created: StoreSamples.start,
            settings: ListSettings()
        )
        author = Subscriber(
            id: 1,
            list: 1,
            address: try StoreSamples.address("anne@example.org"),
            roles: .subscriber,
            certificate: try StoreSamples.certificate(1),
            token: try StoreSamples.token(1),
            created: StoreSamples.start
        )
    }

    /// What was found of a good post.
    func post() throws -> OpenedMessage {
        var post = OpenedMessage(size: 1000)
        post.outside.from = [author.address]
        post.encryption.result = .opened
        post.outside.author = author
        post.signatures.all = [try signature()]
        post.signatures.claims = [try StoreSamples.claim(list, "post", signed: now)]
        return post
    }

    /// A signature by the author's subkey, unless told otherwise.
    func signature(
        _ outcome: SignatureOutcome = .good,
        by key: Int = 1,
        at date: Date? = nil
    ) throws -> SignatureFacts {
        let certificate = try StoreSamples.certificate(key)
        return SignatureFacts(
            signer: certificate.allFingerprints[1],
            primary: certificate.fingerprint,
            created: date ?? now,
            expires: nil,
            hash: .sha256,
            publicKeyAlgorithm: .eddsa,
            outcome: outcome
        )
    }

    /// The context; the store has seen these claims.
    func context(for post: OpenedMessage, claimed: [SignatureClaim] = []) -> PolicyContext {
        PolicyContext(judging: post, for: list, now: now) { claimed.contains($0) }
    }
}
