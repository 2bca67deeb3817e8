import Crypto
public import Foundation
public import OpenPGP

/// The fact that this signed content has been here: the key against replay.
///
/// Over what the author signed and when, never over what a stranger can change
/// without breaking the signature: armor, MIME, the signature's own octets and
/// the line breaks of a text signature. Its role in the list does not enter, so
/// that mail to the owners can never come back as a post.
public struct SignatureClaim: Sendable, Hashable {
    /// SHA-256, as the store keeps it.
    public let digest: [UInt8]
    /// SHA-256 without the list: who sees it in two lists tells, and refuses nothing.
    public let sighting: [UInt8]
    /// When the signature was made.
    public let signed: Date

    /// Computes the claim of one verified signature.
    ///
    /// Every CR and NUL is left out: a text signature stays good when a
    /// stranger adds one at the end of a line.
    public init(
        list: MailingList,
        primary: Fingerprint,
        signed: Date,
        content: some Collection<UInt8>
    ) {
        var contentHash = SHA256()
        contentHash.update(data: content.filter { $0 != 0x0d && $0 != 0 })
        let signedContent =
            Data("\(primary)\0\(Int64(signed.timeIntervalSince1970))\0".utf8)
            + contentHash.finalize()
        digest = Array(
            SHA256.hash(data: Data("listseal signature 1\0\(list.listID)\0".utf8) + signedContent)
        )
        sighting = Array(SHA256.hash(data: Data("listseal sighting 1\0".utf8) + signedContent))
        self.signed = signed
    }

    /// Takes digests of what nobody signed, which were made with a key.
    public init(digest: [UInt8], sighting: [UInt8], signed: Date) {
        self.digest = digest
        self.sighting = sighting
        self.signed = signed
    }

    /// Until when it must be kept: after that the signature is stale anyway.
    public func expires(maximumAge: Int) -> Date {
        signed.addingTimeInterval(TimeInterval(maximumAge) + 86_400)
    }
}
