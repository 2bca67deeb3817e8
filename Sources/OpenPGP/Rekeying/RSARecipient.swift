import CryptoExtras
import Foundation

/// RSA with the padding that OpenPGP prescribes.
///
/// The padding is called insecure for good reasons; they are the reader's, who
/// must not say whether it was right. Who writes has no choice.
///
/// - SeeAlso: [RFC 9580 §5.1.3](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.3)
struct RSARecipient: Sendable, Hashable {
    private let modulus: [UInt8]
    private let exponent: [UInt8]

    /// Nil for sizes that the library does not take: GnuPG does them.
    init?(_ packet: PublicKeyPacket) {
        var rest = packet.material
        guard let modulus = MPI.decode(&rest), let exponent = MPI.decode(&rest), rest.isEmpty,
            (2048...8192).contains(packet.bits), (1...5).contains(exponent.count),
            exponent.count < 5 || exponent.first == 1,
            // Even numbers, say: better asked now than when a copy is due.
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
