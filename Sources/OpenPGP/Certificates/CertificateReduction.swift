/// Removes from a certificate what costs time and says nothing about its owner.
///
/// Other people add certifications to a key on a key server, and its owner cannot take them
/// off. gpg would verify each signature that names the key itself as its issuer, so only the
/// newest ones of each kind are kept.
package enum CertificateReduction {
    /// The newest signatures of a kind that are kept for each key and user id.
    ///
    /// gpg uses the newest one that it accepts; others are older, or too weak.
    static let signaturesOfAKind = 4
    /// The revocations of each key and user id; none is removed, so more are refused.
    static let maximumRevocations = 16

    /// The certificate with its keys, its user ids, and the newest signatures that the key
    /// itself made on them.
    ///
    /// A subkey with which every operation takes seconds is left out.
    ///
    /// - Throws: ``PacketError`` if the packets or the numbers of a key cannot be read, and
    ///   ``PacketError/Reason/tooCostly`` if those of the primary key are too large.
    package static func reduce(
        _ bytes: [UInt8],
        limits: PacketLimits = .standard
    ) throws(PacketError) -> [UInt8] {
        guard bytes.count <= limits.certificateOctets else {
            throw PacketError(.tooLarge, at: limits.certificateOctets)
        }
        var reader = PacketReader(bytes)
        var components: [Component] = []
        var primary: KeyID?
        while let packet = try reader.next() {
            let body = bytes[packet.body]
            switch packet.tag {
            case .marker, .trust, .padding: continue
            case .signature where !components.isEmpty:
                guard let primary,
                    let signature = Signature(body, Array(bytes[packet.range]), by: primary)
                else { continue }
                components[components.endIndex - 1].signatures.append(signature)
            default:
                var component = Component(packet: Array(bytes[packet.range]))
                switch packet.tag {
                case .publicKey, .publicSubkey:
                    let key = try PublicKeyPacket(body: Array(body))
                    component.isKept = try isKept(key, packet)
                    if packet.tag == .publicKey { primary = primary ?? key.fingerprint.keyID }
                case .userAttribute: component.isKept = false
                default: break
                }
                components.append(component)
            }
        }
        var result: [UInt8] = []
        for component in components where component.isKept {
            result += component.packet + (try component.newestSignatures()).flatMap(\.packet)
        }
        return result
    }

    private static func isKept(
        _ key: PublicKeyPacket,
        _ packet: Packet
    ) throws(PacketError) -> Bool {
        switch key.cost {
        case .bounded: return true
        case .excessive:
            guard packet.tag == .publicSubkey else {
                throw PacketError(.tooCostly, at: packet.range.lowerBound)
            }
            return false
        case .malformed: throw PacketError(.malformedPacket, at: packet.range.lowerBound)
        }
    }

    /// A key, a user id or a picture, with the key's own signatures on it.
    private struct Component {
        let packet: [UInt8]
        var isKept = true
        var signatures: [Signature] = []

        func newestSignatures() throws(PacketError) -> [Signature] {
            var kept: [Signature] = []
            for (kind, all) in Dictionary(grouping: signatures, by: \.kind) {
                if kind == .revocation {
                    guard all.count <= maximumRevocations else { throw PacketError(.tooMany) }
                    kept += all
                } else {
                    let newest = all.sorted { $1.fields.isOlder(than: $0.fields) }
                    kept += newest.prefix(signaturesOfAKind)
                }
            }
            return kept.sorted { $0.position < $1.position }
        }
    }

    /// A signature that names the certificate's own key as its issuer, or nobody.
    private struct Signature {
        enum Kind: Hashable {
            case certification
            case binding
            case direct
            case revocation
        }

        let kind: Kind
        let fields: SignaturePacket
        let packet: [UInt8]
        let position: Int

        init?(_ body: ArraySlice<UInt8>, _ packet: [UInt8], by primary: KeyID) {
            guard let fields = try? SignaturePacket(body),
                let issuers = try? SignaturePacket.claimedIssuers(in: body),
                issuers.allSatisfy({ $0 == primary })
            else { return nil }
            // RFC 9580 §5.2.1
            switch fields.signatureClass {
            case 0x10...0x13: kind = .certification
            case 0x18: kind = .binding
            case 0x1f: kind = .direct
            case 0x20, 0x28, 0x30: kind = .revocation
            default: return nil
            }
            self.fields = fields
            self.packet = packet
            position = body.startIndex
        }
    }
}
