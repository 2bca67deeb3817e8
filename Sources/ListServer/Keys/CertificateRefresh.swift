public import Foundation
import GnuPG
public import MailingList
import OpenPGP

/// Adds to people's certificates what has been published of them since.
///
/// A longer life, a revocation: what the key itself has signed of what is known of it. Never
/// another key or subkey, however it came here: whoever publishes one, another's perhaps,
/// has not shown that she reads with it, and proves that with `key update`.
public struct CertificateRefresh: Sendable {
    /// What became of one certificate.
    public enum Outcome: Sendable, Hashable {
        /// There is something new, and it is kept.
        case updated
        /// It can be used no more: revoked, or its time is over.
        case ended
        /// Nothing is new.
        case unchanged
        /// Nothing was changed, and why.
        case refused(String)
    }

    private let store: any ListStore
    private let keys: ListKeys

    /// Works on this store.
    public init(store: any ListStore, keys: ListKeys) {
        self.store = store
        self.keys = keys
    }

    /// Adds to a person's certificate what is new in some octets from anywhere.
    ///
    /// Throws what the engine or the store throws.
    public func apply(
        _ bytes: [UInt8],
        to person: Subscriber,
        now: Date
    ) throws -> Outcome {
        guard let old = person.certificate else { return .refused("she has no key here") }
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
            return .refused("her key was changed meanwhile; the next time will do")
        } catch ListStoreError.notFound {
            return .refused("she has left")
        }
        guard case .success = try keys.certificates.inspect(certificate.bytes, now: now) else {
            return .ended
        }
        return .updated
    }
}
