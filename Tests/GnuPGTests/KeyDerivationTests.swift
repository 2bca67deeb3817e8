import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Keys that name other hashes and ciphers than gpg writes into its own.
@Suite struct KeyDerivationTests {
    private static let text = Array("Content-Type: text/plain\r\n\r\nwords\r\n".utf8)

    @Test(
        "gpg opens what is addressed to a key with any hash and any cipher of RFC 6637",
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
                // Another fingerprint, so the binding does not hold; who decrypts
                // does not ask for it.
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
        "parameters that RFC 6637 does not have are GnuPG's to refuse",
        arguments: [[3, 1, 2, 9], [3, 1, 8, 2], [3, 2, 8, 9], [2, 1, 8, 9], [3, 1, 8]] as [[UInt8]]
    )
    func foreign(parameters: [UInt8]) throws {
        let bob = try TestKeyring("bob", algorithm: .nistP256)
        let subkey = try #require(try CertificateScan(bob.publicKey()).subkeys.first)
        let body = subkey.body.dropLast(4) + parameters
        #expect(!EncryptionKey(try PublicKeyPacket(body: Array(body))).isNative)
    }

    @Test("a point that is on no curve throws, and does not trap", arguments: [0, 1, 40, 64])
    func point(offset: Int) throws {
        let bob = try TestKeyring("bob", algorithm: .nistP256)
        let subkey = try #require(try CertificateScan(bob.publicKey()).subkeys.first)
        var body = subkey.body
        // Behind version, time, algorithm, the curve's name and the bit count.
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
