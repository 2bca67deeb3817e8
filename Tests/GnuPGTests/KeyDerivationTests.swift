import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Keys with other hashes and ciphers than those that gpg writes into its own keys.
@Suite("Key derivation by RFC 6637") struct KeyDerivationTests {
    private static let text = Array("Content-Type: text/plain\r\n\r\nwords\r\n".utf8)

    @Test(
        "gpg decrypts for a key with any hash and cipher of RFC 6637",
        arguments: [TestKeyring.Algorithm.curve25519, .nistP256, .nistP384, .nistP521]
    )
    func combinations(algorithm: TestKeyring.Algorithm) throws {
        let bob = try TestKeyring("bob", algorithm: algorithm)
        let original = try bob.publicKey()
        let subkey = try #require(try CertificateScan(original).subkeys.first)
        let message = try bob.encrypt(Self.text, to: [bob.fingerprint])
        let sessionKey = try #require(try bob.sessionKey(of: message))
        for hash: UInt8 in 8...10 {
            for cipher: UInt8 in 7...9 {
                var body = subkey.body
                body.replaceSubrange((body.count - 2)..., with: [hash, cipher])
                // The fingerprint differs, so the binding signature is not valid; it is not needed
                // to decrypt.
                try bob.replacePublicKeys(Self.replacing(subkey.body, with: body, in: original))
                let key = EncryptionKey(try PublicKeyPacket(body: body))
                #expect(key.isNative)
                let copy = try SealedMessage(message, sessionKey: sessionKey)
                    .armoredCopy(for: key)
                let opened = try bob.open(copy.head + copy.shared + copy.end)
                #expect(opened.plaintext == Self.text, "hash \(hash), cipher \(cipher)")
            }
        }
    }

    @Test(
        "a key with parameters unknown to RFC 6637 is left to GnuPG",
        arguments: [[3, 1, 2, 9], [3, 1, 8, 2], [3, 2, 8, 9], [2, 1, 8, 9], [3, 1, 8]] as [[UInt8]]
    )
    func foreign(parameters: [UInt8]) throws {
        let bob = try TestKeyring("bob", algorithm: .nistP256)
        let subkey = try #require(try CertificateScan(bob.publicKey()).subkeys.first)
        let body = subkey.body.dropLast(4) + parameters
        #expect(!EncryptionKey(try PublicKeyPacket(body: Array(body))).isNative)
    }

    @Test("a point that is not on the curve throws an error", arguments: [0, 1, 40, 64])
    func point(offset: Int) throws {
        let bob = try TestKeyring("bob", algorithm: .nistP256)
        let subkey = try #require(try CertificateScan(bob.publicKey()).subkeys.first)
        var body = subkey.body
        // The point follows version, time, algorithm, curve identifier and bit count.
        body[6 + 9 + 2 + offset] ^= 0x81
        let key = EncryptionKey(try PublicKeyPacket(body: body))
        let message = try bob.encrypt(Self.text, to: [bob.fingerprint])
        let sessionKey = try #require(try bob.sessionKey(of: message))
        #expect(throws: RekeyingError.badKey) { try key.sessionKeyPacket(for: sessionKey) }
    }

    private static func replacing(
        _ old: [UInt8],
        with new: [UInt8],
        in bytes: [UInt8]
    ) throws -> [UInt8] {
        let range = try #require(bytes.firstRange(of: old))
        return bytes[..<range.lowerBound] + new + bytes[range.upperBound...]
    }
}
