import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Copies as other programs than gpg read them.
@Suite("Copies in other OpenPGP programs") struct ReaderTests {
    /// A program with the Stateless OpenPGP command line, or with its own.
    enum Reader: String, CaseIterable {
        case sqop, gosop
        case pgpainless = "pgpainless-cli"
        case sq, rnp
    }

    private static let text = "Content-Type: text/plain\n\nwords for her\n"

    // gpg makes the copies for keys for which we cannot make a session-key packet. Half of
    // the programs do not support those keys.
    private static let keys: [(TestKeyring.Algorithm, Set<Reader>)] = [
        (.curve25519, Set(Reader.allCases)), (.rsa2048, Set(Reader.allCases)),
        (.nistP256, Set(Reader.allCases)), (.nistP384, Set(Reader.allCases)),
        (.nistP521, Set(Reader.allCases)), (.brainpoolP256, [.gosop, .rnp, .pgpainless]),
        (.elgamal, [.rnp]),
    ]

    @Test("five other programs decrypt a copy and verify the list's signature", arguments: keys)
    func read(algorithm: TestKeyring.Algorithm, readers: Set<Reader>) throws {
        let laboratory = try Laboratory()
        let bob = try laboratory.author("bob", algorithm: algorithm)
        let text = Array(Self.text.replacing("\n", with: "\r\n").utf8)
        let sealed = try laboratory.list.seal(text, signed: true)
        let certificate = try laboratory.certificate(of: bob)
        let key = try #require(laboratory.homes.encryptionKey(of: certificate, now: Date()))
        let copy: [UInt8]
        if key.isNative {
            let opened = try laboratory.list.open(sealed: sealed, limit: text.count)
            let armored = try SealedMessage(sealed, sessionKey: opened.sessionKey)
                .armoredCopy(for: key)
            copy = armored.head + armored.shared + armored.end
        } else {
            let packets = try laboratory.list.rewrap(
                sealed: sealed,
                for: certificate,
                homes: laboratory.homes
            ).get()
            copy = Armor.armor(packets, kind: .message)
        }
        let folder = try TemporaryDirectory()
        try folder.write(Array(bob.secretKey()), to: "secret.pgp")
        try folder.write(laboratory.list.publicKey(), to: "list.pgp")
        for reader in Reader.allCases where readers.contains(reader) {
            let result = try Self.open(copy, with: reader, in: folder)
            // Some programs write a text with the line endings of their host.
            let text = String(decoding: result.text, as: UTF8.self).replacing("\r\n", with: "\n")
            #expect(text == Self.text, "\(reader.rawValue): \(result.errors)")
            #expect(
                result.signer.lowercased().contains(
                    laboratory.list.fingerprint.description.suffix(16).lowercased()
                ),
                "\(reader.rawValue): \(result.signer)"
            )
        }
    }

    private static func open(
        _ copy: [UInt8],
        with reader: Reader,
        in folder: TemporaryDirectory
    ) throws -> (text: [UInt8], signer: String, errors: String) {
        let (secret, list) = (folder.file("secret.pgp"), folder.file("list.pgp"))
        switch reader {
        case .sqop, .gosop, .pgpainless:
            let verified = folder.file("verified-" + reader.rawValue)
            // The option was renamed between drafts of the standard.
            let option = reader == .sqop ? "--verifications-out" : "--verify-out"
            let result = try TestProgram.run(
                [
                    reader.rawValue, "decrypt", "\(option)=\(verified)", "--verify-with=\(list)",
                    secret,
                ],
                input: copy
            )
            let signer = try? String(contentsOfFile: verified, encoding: .utf8)
            return (result.output, signer ?? "", result.errors)
        case .sq:
            let result = try TestProgram.run(
                ["sq", "decrypt", "--recipient-key", secret, "--signer-cert", list],
                input: copy
            )
            return (result.output, result.errors, result.errors)
        case .rnp:
            let home = folder.file("rnp")
            try FileManager.default.createDirectory(
                atPath: home,
                withIntermediateDirectories: true
            )
            let rnp = ["--homedir", home]
            for file in [secret, list] {
                try TestProgram.output(["rnpkeys"] + rnp + ["--import-key", file])
            }
            let result = try TestProgram.run(
                ["rnp"] + rnp + ["--password", "", "--decrypt", "--output", "-"],
                input: copy
            )
            return (result.output, result.errors, result.errors)
        }
    }
}
