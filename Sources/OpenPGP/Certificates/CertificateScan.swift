/// A certificate, looked at before the engine sees it: facts only.
///
/// Floods of signatures, thousands of user ids, secret keys and old versions
/// end here, in one pass. Whether anything in it is valid, GnuPG decides.
///
/// - SeeAlso: [RFC 9580 §10.1](https://www.rfc-editor.org/rfc/rfc9580#section-10.1)
public struct CertificateScan: Sendable {
    /// The primary key.
    public let primary: PublicKeyPacket
    /// The subkeys, in order.
    public let subkeys: [PublicKeyPacket]
    /// The user ids, as text; what is not UTF-8 in them is replaced.
    public let userIDs: [String]

    /// Subkeys whose newest binding says that they encrypt what is sent; others may
    /// be for archives.
    package let communicationKeys: Set<Fingerprint>

    /// The primary key and the subkeys.
    public var keys: [PublicKeyPacket] { [primary] + subkeys }
    /// The fingerprints of all of them, the primary's first.
    public var allFingerprints: [Fingerprint] { keys.map(\.fingerprint) }

    /// Scans binary packets.
    ///
    /// Throws ``PacketError`` unless it is one public key within the limits.
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
                // A second one: a bundle, of which nobody knows whose is meant.
                guard primary == nil else { throw PacketError(.tooMany, at: start) }
                primary = try PublicKeyPacket(body: Array(bytes[packet.body]))
            case .publicSubkey:
                let subkey = try PublicKeyPacket(body: Array(bytes[packet.body]))
                // Twice the same, with bindings that say different things.
                guard subkey.fingerprint != primary?.fingerprint,
                    !subkeys.contains(where: { $0.fingerprint == subkey.fingerprint })
                else { throw PacketError(.tooMany, at: start) }
                subkeys.append(subkey)
            case .userID:
                // RFC 9580 §10.1: names come first, and then the subkeys.
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
