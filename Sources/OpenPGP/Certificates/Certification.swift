public import Foundation

/// Somebody's signature that a name belongs to a key, to be published with it.
///
/// - SeeAlso: [RFC 9580 §5.2.1.4](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.1.4)
public struct Certification: Sendable, Hashable {
    /// The primary key that made it.
    public let certifier: Fingerprint
    /// The octets of the user id that it is about.
    public let userID: [UInt8]
    /// When it was made.
    public let made: Date
    /// The signature packet.
    public let packet: [UInt8]

    /// Takes it from a store, where only verified ones are.
    public init(certifier: Fingerprint, userID: [UInt8], made: Date, packet: [UInt8]) {
        self.certifier = certifier
        self.userID = userID
        self.made = made
        self.packet = packet
    }

    /// The key with certifications behind the names that they are about.
    ///
    /// Throws ``PacketError`` if the key is none.
    public static func add(
        _ certifications: [Certification],
        to key: [UInt8]
    ) throws(PacketError) -> [UInt8] {
        var reader = PacketReader(key)
        var result: [UInt8] = []
        var pending: [Certification] = []
        while let packet = try reader.next() {
            // Behind the name's own signatures, which programs expect first.
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

    /// Those in a copy of the key that one person's primary key claims to have made.
    ///
    /// Nothing is verified.
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

    /// From "generic" to "positive": what programs call certifying.
    package static let classes: ClosedRange<UInt8> = 0x10...0x13
}
