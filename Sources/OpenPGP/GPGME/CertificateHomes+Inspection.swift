public import Foundation

extension CertificateHomes {
    /// Octets that gpg may export: twice what a scan takes, which is asked again.
    private static let maximumSize = 256 << 10

    /// Judges a certificate that somebody sent, and keeps only what is needed.
    ///
    /// Scanned first, since gpg takes minutes for what some people make; then gpg
    /// decides what in it is valid, in a home with nothing else.
    ///
    /// - Parameters:
    ///   - bytes: one public key, armored or binary.
    ///   - old: what is known of her; if it is the same key, the new one is added to
    ///     it, so that a copy from before a revocation does not undo that.
    ///   - now: when it shall be usable.
    /// - Returns: the certificate, which can sign and be encrypted to now, or the
    ///   reason why it is not taken. An update by which a known key ends, revoked or
    ///   expired, is taken: it then makes no good signature and gets no copies.
    /// - Throws: what is our own failure.
    public func inspect(
        _ bytes: [UInt8],
        updating old: Certificate? = nil,
        now: Date
    ) throws(OpenPGPError) -> Result<Certificate, CertificateRefusal> {
        var packets: [UInt8]
        do {
            packets = try Self.packets(bytes)
            let scan = try CertificateScan(packets)
            if let old, old.fingerprint == scan.primary.fingerprint {
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
        let judged = Self.judge(listings[0], minimal, scan, now: now)
        if case .failure(let refusal) = judged, refusal.isEndOfUse, let old,
            old.fingerprint == scan.primary.fingerprint
        {
            return .success(Self.ended(listings[0], minimal, scan, refusal, now: now))
        }
        guard case .success(let certificate) = judged, try !takesCopies(certificate, now: now)
        else { return judged }
        return .failure(.cannotEncrypt)
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

    private static func judge(
        _ listing: KeyListing,
        _ bytes: [UInt8],
        _ scan: CertificateScan,
        now: Date
    ) -> Result<Certificate, CertificateRefusal> {
        let primary = listing.keys[0]
        if listing.isRevoked || primary.isRevoked { return .failure(.revoked) }
        if listing.isExpired || primary.expires.map({ $0 <= now }) ?? false {
            return .failure(.expired)
        }
        guard !listing.isInvalid, !listing.userIDs.isEmpty else {
            return .failure(.noValidSelfSignature)
        }
        if listing.keys.contains(where: \.isUnbound) { return .failure(.unboundSubkey) }
        guard primary.isStrong else { return .failure(.weakKey) }
        guard let encryption = listing.encryptionKey(now: now, preferring: scan.communicationKeys),
            let subkey = Fingerprint(hex: encryption.fingerprint)
        else { return .failure(.cannotEncrypt) }
        guard listing.canSign(now: now) else { return .failure(.cannotSign) }
        // gpg and the scan must mean the same keys by the same octets.
        let fingerprints = scan.keys.map(\.fingerprint)
        guard fingerprints.map(\.description) == listing.keys.map(\.fingerprint) else {
            return .failure(.malformed("gpg and the scan find different keys in it"))
        }
        return .success(
            Certificate(
                bytes: bytes,
                fingerprint: fingerprints[0],
                allFingerprints: fingerprints,
                userIDs: listing.userIDs,
                encryptionSubkey: subkey,
                encryptionExpires: [primary.expires, encryption.expires].compactMap(\.self).min()
            )
        )
    }

    /// What is known already and has come to its end.
    ///
    /// To refuse that would leave the old state in force, and a thief her voice.
    private static func ended(
        _ listing: KeyListing,
        _ bytes: [UInt8],
        _ scan: CertificateScan,
        _ refusal: CertificateRefusal,
        now: Date
    ) -> Certificate {
        // Only what cannot sign may still be encrypted to.
        let encryption =
            refusal == .cannotSign
            ? listing.encryptionKey(now: now, preferring: scan.communicationKeys) : nil
        return Certificate(
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
