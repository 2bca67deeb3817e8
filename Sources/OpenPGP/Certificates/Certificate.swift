public import Foundation

/// A subscriber's OpenPGP certificate, as the store keeps it.
///
/// `CertificateHomes.inspect` of the target GnuPG makes it from the key that somebody sent.
public struct Certificate: Sendable, Hashable {
    /// Binary packets, without certifications by other keys.
    public let bytes: [UInt8]
    /// The fingerprint of the primary key, which identifies the subscriber.
    public let fingerprint: Fingerprint
    /// The fingerprints of all keys, the primary key first.
    public let allFingerprints: [Fingerprint]
    /// The keys whose possession the subscriber can have proven: the primary key, and the
    /// subkey to which copies are encrypted.
    ///
    /// Any other key may be in the certificate although the subscriber does not own it.
    /// Comparing it with the keys of a list would reveal who is on the list.
    public var provenFingerprints: [Fingerprint] {
        [fingerprint] + [encryptionSubkey].compactMap(\.self).filter { $0 != fingerprint }
    }
    /// The user ids with a valid self-signature, the primary one first.
    public let userIDs: [String]
    /// The subkey to which copies are encrypted, as gpg chose it at the inspection; nil if none.
    public let encryptionSubkey: Fingerprint?
    /// When that subkey or the primary key expires, whichever is first; nil if never.
    public let encryptionExpires: Date?

    /// Makes a certificate from the values that a store has kept, without checking them.
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
