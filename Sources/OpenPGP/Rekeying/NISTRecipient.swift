import Crypto
import Foundation

/// Encrypts a session key with ECDH over the NIST curves P-256, P-384 and P-521.
///
/// - SeeAlso: [RFC 6637 §6 to §8](https://www.rfc-editor.org/rfc/rfc6637#section-6)
struct NISTRecipient: Sendable, Hashable {
    private enum Curve: Sendable, CaseIterable {
        case p256
        case p384
        case p521

        // RFC 6637 §11: the object identifiers.
        var identifier: [UInt8] {
            switch self {
            case .p256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
            case .p384: [0x2b, 0x81, 0x04, 0x00, 0x22]
            case .p521: [0x2b, 0x81, 0x04, 0x00, 0x23]
            }
        }

        /// An ephemeral point for the recipient's point, and the shared secret.
        ///
        /// - Throws: The error of the library if the point is not on the curve.
        func agree(with point: [UInt8]) throws -> (ephemeral: Data, secret: [UInt8]) {
            switch self {
            case .p256:
                let key = P256.KeyAgreement.PrivateKey()
                let theirs = try P256.KeyAgreement.PublicKey(x963Representation: point)
                let secret = try key.sharedSecretFromKeyAgreement(with: theirs)
                return (key.publicKey.x963Representation, Self.octets(of: secret))
            case .p384:
                let key = P384.KeyAgreement.PrivateKey()
                let theirs = try P384.KeyAgreement.PublicKey(x963Representation: point)
                let secret = try key.sharedSecretFromKeyAgreement(with: theirs)
                return (key.publicKey.x963Representation, Self.octets(of: secret))
            case .p521:
                let key = P521.KeyAgreement.PrivateKey()
                let theirs = try P521.KeyAgreement.PublicKey(x963Representation: point)
                let secret = try key.sharedSecretFromKeyAgreement(with: theirs)
                return (key.publicKey.x963Representation, Self.octets(of: secret))
            }
        }

        // RFC 6637 §7: the x coordinate in its full length.
        private static func octets(of secret: SharedSecret) -> [UInt8] {
            unsafe secret.withUnsafeBytes { unsafe Array($0) }
        }
    }

    private let curve: Curve
    private let point: [UInt8]
    private let derivation: RFC6637KeyDerivation

    /// Reads the key; nil if it is over another curve or has parameters unknown to RFC 6637.
    init?(_ packet: PublicKeyPacket) {
        var rest = packet.material
        guard let length = rest.popFirst(), length <= rest.count else { return nil }
        let identifier = rest.prefix(Int(length))
        guard let curve = Curve.allCases.first(where: { identifier.elementsEqual($0.identifier) })
        else { return nil }
        rest = rest.dropFirst(Int(length))
        guard let point = MPI.decode(&rest),
            let derivation = RFC6637KeyDerivation(
                parameters: rest,
                curve: curve.identifier,
                fingerprint: packet.fingerprint
            )
        else { return nil }
        self.curve = curve
        self.point = Array(point)
        self.derivation = derivation
    }

    /// The ephemeral point and the wrapped session key.
    ///
    /// - Throws: ``RekeyingError/badKey`` if the point is not on the curve.
    func encrypt(_ sessionKey: SessionKey) throws(RekeyingError) -> [UInt8] {
        guard let (ephemeral, secret) = try? curve.agree(with: point) else { throw .badKey }
        let wrapped = try derivation.wrap(sessionKey, with: secret)
        return MPI.encode(ephemeral) + [UInt8(wrapped.count)] + wrapped
    }
}
