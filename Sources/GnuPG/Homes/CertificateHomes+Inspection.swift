public import Foundation
public import OpenPGP

extension CertificateHomes {
    /// Octets that gpg may export: twice what a scan takes, which is asked again.
    private static let maximumSize = 256 << 10

    /// Judges a certificate that somebody sent, and keeps only what is needed.
    ///
    /// Scanned first, since gpg takes minutes for what some people make; then gpg
    /// decides what in it is valid, in a home with nothing else.
    ///
    /// - Parameters:
    ///   - bytes: one public key, armored or binary; or the revocation of the known one.
    ///   - old: what is known of her; if it is the same key, the new one is added to
    ///     it, so that a copy from before a revocation does not undo that.
    ///   - takesNewKeys: whether subkeys count that the known one has not. Whoever only
    ///     publishes a key has not shown that she can read with it.
    ///   - now: when it shall be usable.
    /// - Returns: the certificate, which can sign and be encrypted to now, or the
    ///   reason why it is not taken. An update by which a known key ends, revoked or
    ///   expired, is taken: it then makes no good signature and gets no copies.
    /// - Throws: what is our own failure.
    public func inspect(
        _ bytes: [UInt8],
        updating old: Certificate? = nil,
        takesNewKeys: Bool = true,
        now: Date
    ) throws(OpenPGPError) -> Result<Certificate, CertificateRefusal> {
        var packets: [UInt8]
        do {
            packets = try Self.packets(bytes)
            // gpg writes the revocation of a key as a file of its own.
            if let old, let revoked = try CertificateMerge.add(revocation: packets, to: old.bytes) {
                packets = revoked
            }
            let scan = try CertificateScan(packets)
            if let old, old.fingerprint == scan.primary.fingerprint {
                if !takesNewKeys {
                    packets = try CertificateMerge.restrict(packets, toKeysOf: old.bytes)
                }
                packets = try CertificateMerge.merge(old.bytes, into: packets)
                _ = try CertificateScan(packets)
            }
        } catch {
            return .failure(
                error.reason == .secretKey ? .secretKey : .malformed(error.description)
            )
        }
        // A second run on what is kept: the facts must be those of the stored octets.
        let minimal = try withHome(of: packets, .inspect) { home throws(OpenPGPError) in
            try context(in: home, .inspect).export(nil, limit: Self.maximumSize)
        }
        guard !minimal.isEmpty else { return .failure(.noValidSelfSignature) }
        let listings = try withHome(of: minimal, .inspect) { home throws(OpenPGPError) in
            try context(in: home, .inspect).listKeys()
        }
        guard listings.count == 1, let scan = try? CertificateScan(minimal) else {
            return .failure(.malformed("gpg finds \(listings.count) keys in it"))
        }
        // gpg and the scan must mean the same keys by the same octets.
        guard scan.allFingerprints.map(\.description) == listings[0].keys.map(\.fingerprint)
        else { return .failure(.malformed("gpg and the scan find different keys in it")) }
        let encryption = listings[0].encryptionKey(
            now: now,
            preferring: scan.communicationKeys
        )
        var certificate = Certificate(
            bytes: minimal,
            scan: scan,
            listing: listings[0],
            encryption: encryption
        )
        var refusal = Self.refusal(of: listings[0], now: now)
        if refusal == nil, try !takesCopies(certificate, now: now) { refusal = .cannotEncrypt }
        guard let refusal else { return .success(certificate) }
        // To refuse the end of a known key would leave its old state in force, and
        // a thief her voice.
        guard refusal.isEndOfUse, old?.fingerprint == certificate.fingerprint else {
            return .failure(refusal)
        }
        // Only what cannot sign may still be encrypted to.
        if refusal != .cannotSign {
            certificate = Certificate(
                bytes: minimal,
                scan: scan,
                listing: listings[0],
                encryption: nil
            )
        }
        return .success(certificate)
    }

    /// Encrypts something to it, since a signature binds any octets as a key: what
    /// no copy can be made for shall be found before she is owed one.
    private func takesCopies(
        _ certificate: Certificate,
        now: Date
    ) throws(OpenPGPError) -> Bool {
        guard let subkey = certificate.encryptionSubkey,
            let key = encryptionKey(of: certificate, now: now)
        else { return false }
        if key.isNative { return (try? key.sessionKeyPacket(for: .trial)) != nil }
        do {
            _ = try encrypt(
                [],
                as: .text,
                for: subkey,
                of: certificate.bytes,
                limit: Self.maximumTrial
            )
            return true
        } catch {
            guard error.code.isOfPublicKey else { throw error }
            return false
        }
    }

    /// Octets of nothing, encrypted; the packet for the largest key has some 2,100.
    private static let maximumTrial = 8 << 10

    /// Why a certificate is not taken, by what gpg says of it; nil if it is good.
    private static func refusal(of listing: KeyListing, now: Date) -> CertificateRefusal? {
        let primary = listing.keys[0]
        if listing.isRevoked || primary.isRevoked { return .revoked }
        if listing.isExpired || primary.expires.map({ $0 <= now }) ?? false { return .expired }
        if listing.isInvalid || listing.userIDs.isEmpty { return .noValidSelfSignature }
        if listing.keys.contains(where: \.isUnbound) { return .unboundSubkey }
        if !primary.isStrong { return .weakKey }
        if listing.encryptionKey(now: now) == nil { return .cannotEncrypt }
        return listing.canSign(now: now) ? nil : .cannotSign
    }

    private static func packets(_ bytes: [UInt8]) throws(PacketError) -> [UInt8] {
        guard Armor.isArmored(bytes) else { return bytes }
        do {
            return try Armor.dearmor(bytes, kind: .publicKey)
        } catch {
            // Say what is wrong if somebody sends what she must never send.
            let isSecret = (try? Armor.dearmor(bytes, kind: .privateKey)) != nil
            throw isSecret ? PacketError(.secretKey) : error
        }
    }
}

extension Certificate {
    /// What the store keeps, with the key that copies go to; nil if they go nowhere.
    fileprivate init(
        bytes: [UInt8],
        scan: CertificateScan,
        listing: KeyListing,
        encryption: KeyListing.Key?
    ) {
        self.init(
            bytes: bytes,
            fingerprint: scan.primary.fingerprint,
            allFingerprints: scan.allFingerprints,
            userIDs: listing.userIDs,
            encryptionSubkey: encryption.flatMap { Fingerprint(hex: $0.fingerprint) },
            encryptionExpires: encryption.flatMap {
                [listing.keys[0].expires, $0.expires].compactMap(\.self).min()
            }
        )
    }
}
