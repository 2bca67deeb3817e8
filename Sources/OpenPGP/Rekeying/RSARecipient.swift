import CryptoExtras
import Foundation

/// Encrypts a session key with RSA and the padding that OpenPGP prescribes.
///
/// The library calls PKCS#1 v1.5 insecure because a program that decrypts must not reveal
/// whether the padding was right. A program that encrypts has no other choice.
///
/// - SeeAlso: [RFC 9580 §5.1.3](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.3)
struct RSARecipient: Sendable, Hashable {
    private let modulus: [UInt8]
    private let exponent: [UInt8]

    /// Reads the key; nil for sizes that the library does not support, which GnuPG handles.
    init?(_ packet: PublicKeyPacket) {
        var rest = packet.material
        guard let modulus = MPI.decode(&rest), let exponent = MPI.decode(&rest), rest.isEmpty,
            (2048...8192).contains(packet.bits), (1...5).contains(exponent.count),
            exponent.count < 5 || exponent.first == 1,
            // The library refuses an even modulus, for example. It is better to know that now
            // than when a copy is due.
            (try? _RSA.Encryption.PublicKey(n: modulus, e: exponent)) != nil
        else { return nil }
        self.modulus = Array(modulus)
        self.exponent = Array(exponent)
    }

    func encrypt(_ sessionKey: SessionKey) throws(RekeyingError) -> [UInt8] {
        do {
            let key = try _RSA.Encryption.PublicKey(n: modulus, e: exponent)
            let encrypted = try key.encrypt(
                Data(sessionKey.encoded),
                padding: ._WEAK_AND_INSECURE_PKCS_V1_5
            )
            return MPI.encode(encrypted)
        } catch {
            throw .badKey
        }
    }
}
