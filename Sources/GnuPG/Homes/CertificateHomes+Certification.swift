public import OpenPGP

extension CertificateHomes {
    /// The number of certifications of one key that one sender may submit.
    static let maximumCertifications = 8
    /// The largest certification in octets: RSA with 8192 bits needs about 1,100.
    static let maximumCertification = 4096

    /// Finds the certifications that one person made in a copy of a list's key.
    ///
    /// Everything else in the copy is dropped: certifications by other people, and user ids
    /// and subkeys that the list's key does not have.
    ///
    /// - Parameters:
    ///   - copy: The copy that the person sent, armored or binary.
    ///   - key: The list's public key, as its keyring exports it.
    ///   - certifier: The person's confirmed certificate.
    /// - Returns: One certification for each user id, the newest of several, or the reason why
    ///   there is none.
    /// - Throws: ``OpenPGPError`` if gpg fails or its home cannot be written.
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
        let checked = try withHome(of: both, .inspect) { home throws(OpenPGPError) in
            try context(in: home, .inspect)
                .signatures(on: listKey, by: certifier.fingerprint.keyID)
        }
        // gpg does not report which packet a line is about. So every certification must be
        // good, and gpg must report as many as there are.
        guard checked.count == claimed.count, checked.allSatisfy(\.isGood) else {
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
