/// The structure of a certificate, scanned before GnuPG reads it.
///
/// One pass refuses floods of signatures, thousands of user ids, secret keys and old
/// versions. GnuPG decides later whether the signatures are valid.
///
/// - SeeAlso: [RFC 9580 §10.1](https://www.rfc-editor.org/rfc/rfc9580#section-10.1)
public struct CertificateScan: Sendable {
    /// The primary key.
    public let primary: PublicKeyPacket
    /// The subkeys, in order.
    public let subkeys: [PublicKeyPacket]
    /// The user ids as text; octets that are not UTF-8 are replaced.
    public let userIDs: [String]

    /// The subkeys whose newest binding signature has the key flag for communications; other
    /// subkeys may be for storage only.
    package let communicationKeys: Set<Fingerprint>

    /// The primary key and the subkeys, in this order.
    public var keys: [PublicKeyPacket] { [primary] + subkeys }
    /// The fingerprints of all keys, the primary key first.
    public var allFingerprints: [Fingerprint] { keys.map(\.fingerprint) }

    /// Scans binary packets.
    ///
    /// - Throws: ``PacketError`` unless they are exactly one public key within the limits.
    public init(_ bytes: [UInt8], limits: PacketLimits = .standard) throws(PacketError) {
        guard bytes.count <= limits.certificateOctets else {
            throw PacketError(.tooLarge, at: limits.certificateOctets)
        }
        var reader = PacketReader(bytes)
        var primary: PublicKeyPacket?
        var subkeys: [PublicKeyPacket] = []
        var userIDs: [String] = []
        var signatures = 0
        var bindings: [Fingerprint: SignaturePacket] = [:]
        while let packet = try reader.next() {
            let start = packet.range.lowerBound
            guard primary != nil || packet.tag == .publicKey || packet.tag == .secretKey else {
                throw PacketError(.badSequence, at: start)
            }
            switch packet.tag {
            case .publicKey:
                // A bundle of keys is refused, because nobody knows which one is meant.
                guard primary == nil else { throw PacketError(.tooMany, at: start) }
                primary = try PublicKeyPacket(body: Array(bytes[packet.body]))
            case .publicSubkey:
                let subkey = try PublicKeyPacket(body: Array(bytes[packet.body]))
                // A repeated subkey could have contradictory binding signatures.
                guard subkey.fingerprint != primary?.fingerprint,
                    !subkeys.contains(where: { $0.fingerprint == subkey.fingerprint })
                else { throw PacketError(.tooMany, at: start) }
                subkeys.append(subkey)
            case .userID:
                // RFC 9580 §10.1: user ids come before subkeys.
                guard subkeys.isEmpty else { throw PacketError(.badSequence, at: start) }
                guard packet.body.count <= limits.userIDOctets else {
                    throw PacketError(.tooLarge, at: start)
                }
                userIDs.append(String(decoding: bytes[packet.body], as: UTF8.self))
            case .signature:
                signatures += 1
                guard let subkey = subkeys.last?.fingerprint,
                    let binding = try? SignaturePacket(bytes[packet.body]),
                    binding.signatureClass == 0x18
                else { break }
                if bindings[subkey].map({ $0.isOlder(than: binding) }) ?? true {
                    bindings[subkey] = binding
                }
            case .secretKey, .secretSubkey:
                throw PacketError(.secretKey, at: start)
            default:
                throw PacketError(.unexpectedPacket, at: start)
            }
            guard subkeys.count <= limits.subkeys, userIDs.count <= limits.userIDs,
                signatures <= limits.certificateSignatures
            else { throw PacketError(.tooMany, at: start) }
        }
        guard let primary, !userIDs.isEmpty else {
            throw PacketError(.badSequence, at: bytes.count)
        }
        self.primary = primary
        self.subkeys = subkeys
        self.userIDs = userIDs
        communicationKeys = Set(
            bindings.filter { ($0.value.keyFlags ?? 0) & 0x04 != 0 }.keys
        )
    }
}
