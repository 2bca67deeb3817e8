public import Foundation
import GnuPG
public import MailingList
import OpenPGP

/// Adds newer published signatures, such as a later expiry or a revocation, to certificates.
///
/// It accepts only signatures of the key itself over parts that are already known. It never
/// adds a key or a subkey: a person who publishes one, perhaps another person's, has not
/// shown that they can read with it. They prove that with `key update`.
public struct CertificateRefresh: Sendable {
    /// The result for one certificate.
    public enum Outcome: Sendable, Hashable {
        /// The certificate had new parts, which are stored.
        case updated
        /// The certificate is revoked or expired, and cannot be used any more.
        case ended
        /// The certificate had no new parts.
        case unchanged
        /// The certificate was not changed, for this reason.
        case refused(String)
    }

    private let store: any ListStore
    private let keys: ListKeys

    /// Makes a refresh that changes certificates in this store.
    public init(store: any ListStore, keys: ListKeys) {
        self.store = store
        self.keys = keys
    }

    /// Adds the new parts of untrusted octets to a person's certificate.
    ///
    /// - Throws: An error of the engine or the store.
    public func apply(
        _ bytes: [UInt8],
        to person: Subscriber,
        now: Date
    ) throws -> Outcome {
        guard let old = person.certificate else {
            return .refused("the subscriber has no key here")
        }
        let certificate: Certificate
        switch try keys.certificates.inspect(
            bytes,
            updating: old,
            takesNewKeys: false,
            now: now
        ) {
        case .failure(let refusal): return .refused("\(refusal)")
        case .success(let new): certificate = new
        }
        guard certificate.fingerprint == old.fingerprint else {
            return .refused("it is another key")
        }
        guard certificate != old else { return .unchanged }
        do {
            try store.replace(old, by: certificate, of: person.id)
        } catch ListStoreError.outdated {
            return .refused("the key was changed at the same time; the next run updates it")
        } catch ListStoreError.notFound {
            return .refused("the subscriber has left the list")
        }
        guard case .success = try keys.certificates.inspect(certificate.bytes, now: now) else {
            return .ended
        }
        return .updated
    }
}
