extension CertificateScan {
    /// The minimal certificate for an Autocrypt field, which has five packets.
    ///
    /// They are the primary key, the user id with this address, its self-signature, the first
    /// subkey that can encrypt, and its binding signature.
    ///
    /// - Parameters:
    ///   - bytes: A certificate without certifications by other keys.
    ///   - address: The address in the user id, alone or in angle brackets.
    /// - Returns: The packets, or nil if one of them is missing.
    /// - SeeAlso: [Autocrypt Level 1, OpenPGP Based key data](https://docs.autocrypt.org/level1.html#openpgp-based-key-data)
    public static func autocryptKey(in bytes: [UInt8], for address: String) -> [UInt8]? {
        var reader = PacketReader(bytes)
        guard let packets = try? reader.all(atMost: 64) else { return nil }
        var chosen: [Packet] = []
        for (packet, next) in zip(packets, packets.dropFirst()) {
            switch packet.tag {
            case .publicKey where chosen.isEmpty:
                chosen.append(packet)
            case .userID where chosen.count == 1 && next.tag == .signature:
                let name = String(decoding: bytes[packet.body], as: UTF8.self).lowercased()
                guard name == address.lowercased() || name.hasSuffix("<\(address.lowercased())>")
                else { continue }
                chosen += [packet, next]
            case .publicSubkey where chosen.count == 3 && next.tag == .signature:
                guard let key = try? PublicKeyPacket(body: Array(bytes[packet.body])),
                    [.ecdh, .rsa, .rsaEncryptOnly].contains(key.algorithm)
                else { continue }
                chosen += [packet, next]
            default: continue
            }
        }
        guard chosen.count == 5 else { return nil }
        return chosen.flatMap { bytes[$0.range] }
    }
}
