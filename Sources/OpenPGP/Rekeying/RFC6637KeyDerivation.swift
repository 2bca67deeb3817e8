import Crypto
import Foundation

/// Derives a key from the shared secret and wraps the session key with it.
///
/// - SeeAlso: [RFC 6637 §7 and §8](https://www.rfc-editor.org/rfc/rfc6637#section-7)
struct RFC6637KeyDerivation: Sendable, Hashable {
    private enum Hash: UInt8, Sendable, Hashable {
        case sha256 = 8
        case sha384 = 9
        case sha512 = 10
    }

    private let hash: Hash
    private let keyLength: Int
    /// The `Param` of §7: curve, algorithm, hash, cipher and the recipient's fingerprint.
    private let context: [UInt8]

    /// Reads the octets after the point: 3, 1, hash, cipher; nil for unknown values.
    init?(parameters: ArraySlice<UInt8>, curve: [UInt8], fingerprint: Fingerprint) {
        let fields = Array(parameters)
        guard fields.count == 4, fields[0] == 3, fields[1] == 1,
            let hash = Hash(rawValue: fields[2]),
            let keyLength = [7: 16, 8: 24, 9: 32][fields[3]]
        else { return nil }
        self.hash = hash
        self.keyLength = keyLength
        context =
            [UInt8(curve.count)] + curve + [PublicKeyPacket.Algorithm.ecdh.rawValue] + fields
            + Array("Anonymous Sender    ".utf8) + fingerprint.bytes
    }

    func wrap(_ sessionKey: SessionKey, with secret: [UInt8]) throws(RekeyingError) -> [UInt8] {
        // One round of the derivation gives enough octets for any AES key.
        let input = [0, 0, 0, 1] + secret + context
        let digest: [UInt8] =
            switch hash {
            case .sha256: Array(SHA256.hash(data: input))
            case .sha384: Array(SHA384.hash(data: input))
            case .sha512: Array(SHA512.hash(data: input))
            }
        // RFC 6637 §8: PKCS#5 padding, always to 40 octets, so that the length does not reveal the
        // cipher. RNP refuses more than 40.
        let encoded = sessionKey.encoded
        let padding = 40 - encoded.count
        guard (1...40).contains(padding) else { throw .badKey }
        let padded = encoded + Array(repeating: UInt8(padding), count: padding)
        do {
            return Array(
                try AES.KeyWrap.wrap(
                    SymmetricKey(data: padded),
                    using: SymmetricKey(data: digest.prefix(keyLength))
                )
            )
        } catch {
            throw .badKey
        }
    }
}
