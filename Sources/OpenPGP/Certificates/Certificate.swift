public import Foundation

/// A subscriber's OpenPGP certificate, as the store keeps it.
///
/// ``CertificateHomes/inspect(_:now:)`` makes it from what somebody sent.
public struct Certificate: Sendable, Hashable {
    /// Binary packets, without signatures by others.
    public let bytes: [UInt8]
    /// The primary key: who she is.
    public let fingerprint: Fingerprint
    /// The primary key first, and every subkey.
    public let allFingerprints: [Fingerprint]
    /// What its owner can have proven: her primary key, and the one that she reads with.
    ///
    /// Any other key in it she may only have written there; to compare it would tell her
    /// who is on a list.
    public var provenFingerprints: [Fingerprint] {
        [fingerprint] + [encryptionSubkey].compactMap(\.self).filter { $0 != fingerprint }
    }
    /// Those that are validly signed by the key, the primary one first.
    public let userIDs: [String]
    /// To which copies are encrypted, in gpg's judgement when it was inspected.
    public let encryptionSubkey: Fingerprint?
    /// When that subkey, or the primary key, expires; nil if never.
    public let encryptionExpires: Date?

    /// Puts together what a store has kept.
    public init(
        bytes: [UInt8],
        fingerprint: Fingerprint,
        allFingerprints: [Fingerprint],
        userIDs: [String],
        encryptionSubkey: Fingerprint?,
        encryptionExpires: Date?
    ) {
        self.bytes = bytes
        self.fingerprint = fingerprint
        self.allFingerprints = allFingerprints
        self.userIDs = userIDs
        self.encryptionSubkey = encryptionSubkey
        self.encryptionExpires = encryptionExpires
    }
}
