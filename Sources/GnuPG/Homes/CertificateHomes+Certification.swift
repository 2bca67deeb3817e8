public import OpenPGP

extension CertificateHomes {
    /// Certifications of one key that one sender may bring: each name, and once more.
    static let maximumCertifications = 8
    /// Octets of one: RSA with 8192 bits has some 1,100.
    static let maximumCertification = 4096

    /// Finds the certifications by one person in a copy of a list's key.
    ///
    /// Everything else in the copy is dropped: other people's signatures, names and
    /// subkeys that the list does not have.
    ///
    /// - Parameters:
    ///   - copy: what she sent, armored or binary.
    ///   - key: the list's public key, as its keyring exports it.
    ///   - certifier: her confirmed certificate.
    /// - Returns: one for each name, the newest of several; or why there is none.
    /// - Throws: what is our own failure.
    public func certifications(
        in copy: [UInt8],
        of key: [UInt8],
        by certifier: Certificate
    ) throws(OpenPGPError) -> Result<[Certification], CertificationRefusal> {
        let claimed: [Certification]
        let both: [UInt8]
        let listKey: Fingerprint
        do {
            let packets =
                Armor.isArmored(copy) ? try Armor.dearmor(copy, kind: .publicKey) : copy
            let own = try CertificateScan(key)
            guard try CertificateScan(packets).primary.fingerprint == own.primary.fingerprint
            else { return .failure(.otherKey) }
            listKey = own.primary.fingerprint
            let names = Set(own.userIDs)
            claimed = try Certification.claimed(in: packets, by: certifier.fingerprint)
                .filter { names.contains(String(decoding: $0.userID, as: UTF8.self)) }
            both = try Certification.add(claimed, to: key) + certifier.bytes
        } catch {
            return .failure(.malformed(error.description))
        }
        guard !claimed.isEmpty else { return .failure(.none) }
        guard claimed.count <= Self.maximumCertifications,
            claimed.allSatisfy({ $0.packet.count <= Self.maximumCertification })
        else { return .failure(.tooMany) }
        let hers = try withHome(of: both, .inspect) { home throws(OpenPGPError) in
            try context(in: home, .inspect)
                .signatures(on: listKey, by: certifier.fingerprint.keyID)
        }
        // All of them, and as many as there are: gpg does not say which packet a line
        // is about.
        guard hers.count == claimed.count, hers.allSatisfy(\.isGood) else {
            return .failure(.invalid)
        }
        return .success(Self.newest(claimed))
    }

    private static func newest(_ claimed: [Certification]) -> [Certification] {
        Dictionary(grouping: claimed, by: \.userID).values
            .compactMap { all in all.max { $0.made < $1.made } }
            .sorted { $0.userID.lexicographicallyPrecedes($1.userID) }
    }
}
