public import Foundation

/// A certification: another key's signature over a user id of a key.
///
/// - SeeAlso: [RFC 9580 §5.2.1.4](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.1.4)
public struct Certification: Sendable, Hashable {
    /// The primary key that made the certification.
    public let certifier: Fingerprint
    /// The octets of the certified user id.
    public let userID: [UInt8]
    /// The creation time in the signature.
    public let made: Date
    /// The whole signature packet, header included.
    public let packet: [UInt8]

    /// Makes a certification from a store, which must contain only verified ones.
    public init(certifier: Fingerprint, userID: [UInt8], made: Date, packet: [UInt8]) {
        self.certifier = certifier
        self.userID = userID
        self.made = made
        self.packet = packet
    }

    /// The key, with each certification added after the user id that it certifies.
    ///
    /// - Throws: ``PacketError`` if the key's packets are malformed.
    public static func add(
        _ certifications: [Certification],
        to key: [UInt8]
    ) throws(PacketError) -> [UInt8] {
        var reader = PacketReader(key)
        var result: [UInt8] = []
        var pending: [Certification] = []
        while let packet = try reader.next() {
            // Programs expect the self-signatures first, so certifications follow them.
            if packet.tag != .signature {
                result += pending.flatMap(\.packet)
                pending = []
            }
            if packet.tag == .userID {
                let name = key[packet.body]
                pending = certifications.filter { name.elementsEqual($0.userID) }
            }
            result += key[packet.range]
        }
        return result + pending.flatMap(\.packet)
    }

    /// The certifications in a copy of a key that name one primary key as their issuer.
    ///
    /// They are not verified.
    ///
    /// - Throws: ``PacketError`` if the packets are malformed.
    package static func claimed(
        in copy: [UInt8],
        by certifier: Fingerprint
    ) throws(PacketError) -> [Certification] {
        var reader = PacketReader(copy)
        var result: [Certification] = []
        var name: [UInt8]?
        while let packet = try reader.next() {
            switch packet.tag {
            case .userID: name = Array(copy[packet.body])
            case .signature:
                guard let name, let signature = try? SignaturePacket(copy[packet.body]),
                    classes.contains(signature.signatureClass), signature.issuer == certifier,
                    let made = signature.created
                else { continue }
                result.append(
                    Certification(
                        certifier: certifier,
                        userID: name,
                        made: made,
                        packet: Array(copy[packet.range])
                    )
                )
            default: name = nil
            }
        }
        return result
    }

    /// The signature types of certifications, from generic to positive (RFC 9580 §5.2.1).
    package static let classes: ClosedRange<UInt8> = 0x10...0x13
}
