import Crypto
import Foundation

/// Encrypts a session key with ECDH over Curve25519, in the form that GnuPG introduced in 2.1.
///
/// - SeeAlso: [RFC 6637 §7 and §8](https://www.rfc-editor.org/rfc/rfc6637#section-7)
struct Curve25519Recipient: Sendable, Hashable {
    /// The object identifier 1.3.6.1.4.1.3029.1.5.1.
    static let curve: [UInt8] = [0x2b, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01]

    private let point: [UInt8]
    private let derivation: RFC6637KeyDerivation

    /// Reads the key; nil if it is over another curve or has parameters unknown to RFC 6637.
    init?(_ packet: PublicKeyPacket) {
        var rest = packet.material
        guard rest.popFirst() == UInt8(Self.curve.count),
            rest.prefix(Self.curve.count).elementsEqual(Self.curve)
        else { return nil }
        rest = rest.dropFirst(Self.curve.count)
        // The prefix 0x40 marks the native form of the point.
        guard let point = MPI.decode(&rest), point.count == 33, point.first == 0x40,
            let derivation = RFC6637KeyDerivation(
                parameters: rest,
                curve: Self.curve,
                fingerprint: packet.fingerprint
            )
        else { return nil }
        self.point = Array(point.dropFirst())
        self.derivation = derivation
    }

    /// The ephemeral point and the wrapped session key.
    ///
    /// - Throws: ``RekeyingError`` if the point is not usable.
    func encrypt(_ sessionKey: SessionKey) throws(RekeyingError) -> [UInt8] {
        let ephemeral = Curve25519.KeyAgreement.PrivateKey()
        let shared: [UInt8]
        do {
            let recipient = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: point)
            let secret = try ephemeral.sharedSecretFromKeyAgreement(with: recipient)
            shared = unsafe secret.withUnsafeBytes { unsafe Array($0) }
        } catch {
            throw .badKey
        }
        // RFC 7748 §6.1 asks for this check, and the library leaves it to the caller.
        guard shared.contains(where: { $0 != 0 }) else { throw .zeroSecret }
        let wrapped = try derivation.wrap(sessionKey, with: shared)
        let native = [0x40] + Array(ephemeral.publicKey.rawRepresentation)
        return MPI.encode(native) + [UInt8(wrapped.count)] + wrapped
    }
}
