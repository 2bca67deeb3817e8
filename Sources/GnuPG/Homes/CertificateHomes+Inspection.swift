public import Foundation
public import OpenPGP

extension CertificateHomes {
    /// The largest export of gpg in octets: twice the limit of a scan, which runs again.
    private static let maximumSize = 256 << 10

    /// Inspects a certificate that somebody sent, and returns what the store shall keep.
    ///
    /// A scan runs first, because gpg takes minutes for some malicious keys. It also removes
    /// what other people added. Then gpg decides which parts are valid, in a home that contains
    /// nothing else. A certificate on which gpg fails is refused, unless gpg also fails on a
    /// good one.
    ///
    /// - Parameters:
    ///   - bytes: One public key, armored or binary, or only a revocation of the known one.
    ///   - old: The known certificate of this person. If it is the same key, the new version
    ///     is merged with it, so that a copy from before a revocation does not undo that.
    ///   - takesNewKeys: Whether subkeys that the known certificate does not have are
    ///     accepted. A person who only publishes a key has not shown that they can decrypt
    ///     with its new subkeys.
    ///   - now: The time at which the certificate must be usable.
    /// - Returns: The certificate, which can sign and be encrypted to now, or the reason why
    ///   it is refused. An update that ends the use of a known key, such as a revocation, is
    ///   accepted: the key then makes no good signatures and gets no copies.
    /// - Throws: ``OpenPGPError`` if gpg fails on every certificate, or its home cannot be
    ///   written.
    public func inspect(
        _ bytes: [UInt8],
        updating old: Certificate? = nil,
        takesNewKeys: Bool = true,
        now: Date
    ) throws(OpenPGPError) -> Result<Certificate, CertificateRefusal> {
        let packets: [UInt8]
        do {
            packets = try Self.packets(bytes, updating: old, takesNewKeys: takesNewKeys)
        } catch {
            return .failure(Self.refusal(of: error))
        }
        do {
            return try judge(packets, updating: old, now: now)
        } catch {
            guard !error.code.isSystemError, works(now: now) else { throw error }
            return .failure(.malformed("gpg cannot read it, or takes too long for it"))
        }
    }

    /// Whether gpg reads a good certificate, so that its failure on another is the fault of
    /// that one.
    private func works(now: Date) -> Bool {
        guard let sample = Certificate.sample else { return false }
        return (try? judge(sample.bytes, updating: nil, now: now).get()) != nil
    }

    private func judge(
        _ packets: [UInt8],
        updating old: Certificate?,
        now: Date
    ) throws(OpenPGPError) -> Result<Certificate, CertificateRefusal> {
        // A second run lists the exported octets, because the facts must be those of the stored
        // octets.
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
        // gpg and the scan must find the same keys in the same octets.
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
        // Refusing an update that ends the use of a known key would keep its old state in
        // force, and a thief could still sign as the subscriber.
        guard refusal.isEndOfUse, old?.fingerprint == certificate.fingerprint else {
            return .failure(refusal)
        }
        // Copies may still be encrypted to a key only if signing is all that it cannot do.
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

    private static func refusal(of error: PacketError) -> CertificateRefusal {
        switch error.reason {
        case .secretKey: .secretKey
        case .tooCostly: .weakKey
        default: .malformed(error.description)
        }
    }

    // The packets to be judged: of an update, what was known and what is new.
    private static func packets(
        _ bytes: [UInt8],
        updating old: Certificate?,
        takesNewKeys: Bool
    ) throws(PacketError) -> [UInt8] {
        var packets = try packets(bytes)
        // gpg writes the revocation of a key into a file of its own.
        if let old, let revoked = try CertificateMerge.add(revocation: packets, to: old.bytes) {
            packets = revoked
        } else {
            packets = try CertificateReduction.reduce(packets)
        }
        let scan = try CertificateScan(packets)
        guard let old, old.fingerprint == scan.primary.fingerprint else { return packets }
        if !takesNewKeys {
            packets = try CertificateMerge.restrict(packets, toKeysOf: old.bytes)
        }
        packets = try CertificateMerge.merge(old.bytes, into: packets)
        _ = try CertificateScan(packets)
        return packets
    }

    /// Whether a copy can be encrypted to the certificate, found by encrypting.
    ///
    /// A self-signature can bind any octets as a key, and a key that is not usable must be
    /// found before a delivery to the subscriber exists.
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
                limit: Self.maximumTrial,
                .inspect
            )
            return true
        } catch {
            guard error.code.isOfPublicKey else { throw error }
            return false
        }
    }

    /// The largest encrypted test message in octets; the packet for the largest key has 2,100.
    private static let maximumTrial = 8 << 10

    /// Why a certificate is refused according to gpg; nil if it is good.
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
            // Somebody who sends a secret key must be told so.
            let isSecret = (try? Armor.dearmor(bytes, kind: .privateKey)) != nil
            throw isSecret ? PacketError(.secretKey) : error
        }
    }
}

extension Certificate {
    /// Makes the certificate for the store; with a nil encryption key it gets no copies.
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
