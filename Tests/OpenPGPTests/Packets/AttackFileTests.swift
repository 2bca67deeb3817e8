import Foundation
import TestSupport
import Testing

@testable import OpenPGP

@Suite("Hostile packets") struct AttackFileTests {
    static func file(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: "Resources/" + name, withExtension: nil)
        )
        return Array(try Data(contentsOf: url))
    }

    @Test(
        "packets other than session keys and one encrypted packet never reach GnuPG",
        arguments: [
            "01-sed-nomdc.pgp", "06-literal-before-encrypted.pgp", "07-literal-after-encrypted.pgp",
            "08-two-encrypted-messages.pgp", "10b-outer-sed-inner-seipd.pgp",
            "14-literal-only-no-encryption.pgp", "15-compressed-literal-only.pgp",
            "21-marker-padding.pgp",
            "24-empty.pgp", "25-garbage.pgp", "skesk-1.gpg",
            "skesk-20.gpg", "skesk-only.gpg", "sym-wrong.gpg", "pkesk-hidden-10.gpg",
            "pkesk-hidden-1000.gpg", "pkesk-foreign-100.gpg", "pkesk-foreign-1000.gpg",
            "pkesk-listkid-100.gpg", "pkesk-listkid-1000.gpg",
        ]
    )
    func refused(name: String) throws {
        let bytes = try Self.file("openpgp/" + name)
        #expect(throws: PacketError.self) { try EncryptedMessageScan(bytes) }
    }

    @Test(
        "a message with a correct packet sequence is left to GnuPG",
        arguments: [
            ("00-good.pgp", 1), ("03-seipd-tampered.pgp", 1), ("09-nested-encryption.pgp", 1),
            ("22-padding21.pgp", 1), ("23-unknown-critical-39.pgp", 1),
            ("26-empty-literal.pgp", 1), ("pkesk-foreign-10.gpg", 10), ("pkesk-listkid-10.gpg", 10),
        ]
    )
    func taken(name: String, least: Int) throws {
        let scan = try EncryptedMessageScan(Self.file("openpgp/" + name))
        #expect(scan.recipients.count >= least)
        #expect(scan.kind == .integrityProtected)
    }

    @Test(
        "a signature file with other packets than document signatures is refused",
        arguments: [
            ("empty.sig", nil), ("inline.gpg", .unexpectedPacket), ("notasig.sig", nil),
            ("eve-cert.sig", .signatureClass), ("eve-standalone.sig", .signatureClass),
            ("eve-timestamp.sig", .signatureClass), ("eve-keyrev.sig", .signatureClass),
            ("eve-direct.sig", .signatureClass), ("eve-thirdparty.sig", .signatureClass),
            ("sig-long-100000.sig", .tooLarge),
        ] as [(String, PacketError.Reason?)]
    )
    func noSignature(name: String, reason: PacketError.Reason?) throws {
        let bytes = try Self.file("sigs/" + name)
        let error = #expect(throws: PacketError.self) { try DetachedSignatureScan(bytes) }
        if let reason { #expect(error?.reason == reason) }
    }

    @Test(
        "one to four document signatures are counted",
        arguments: [("a.sig", 1), ("two.sig", 2), ("dup.sig", 2), ("eve-text.sig", 1)]
    )
    func signatures(name: String, count: Int) throws {
        #expect(try DetachedSignatureScan(Self.file("sigs/" + name)).signatureCount == count)
    }

    @Test("an intended recipient is read from the hashed subpackets")
    func intendedRecipient() throws {
        let file = try Self.file("sigs/eve-intended-recipient-other.sig")
        #expect(try DetachedSignatureScan(file).signatures[0].intendedRecipients?.count == 1)
    }

    @Test("a signature with a thousand notations is refused as too large")
    func notations() throws {
        // RFC 9580 §5.2.3.24: flags, lengths, a name and a value.
        let notation: [UInt8] =
            [20, 0x80, 0, 0, 0, 0, 3, 0, 8] + Array("a@b".utf8) + Array("notation".utf8)
        let one = [UInt8(notation.count)] + notation
        func signature(_ count: Int) -> [UInt8] {
            let area = [[UInt8]](repeating: one, count: count).flatMap(\.self)
            let length = [UInt8(truncatingIfNeeded: area.count >> 8), UInt8(area.count & 255)]
            // Version 4, over a document, EdDSA with SHA-256; in the hashed area or outside.
            let body: [UInt8] = [4, 0, 22, 8] + length + area + [0, 0, 0, 0, 0, 1, 1, 0, 1, 1]
            let size = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) }
            return [0xc2, 0xff] + size + body
        }
        let many = signature(1000)
        #expect(many.count > 16_384)
        #expect(throws: PacketError.self) { try DetachedSignatureScan(many) }
        #expect(throws: PacketError.self) { try UnwrappedMessage(many, limit: 1 << 20) }
        let key = try Self.file("keys/eve.key")
        // Some programs write notations into certificates, where only the total size counts.
        let flood = key + [[UInt8]](repeating: many, count: 7).flatMap(\.self)
        #expect(throws: PacketError.self) { try CertificateScan(flood) }
    }

    @Test(
        "the scan of a certificate refuses floods",
        arguments: [
            ("flood-1000.key", PacketError.Reason.tooMany), ("uids-5000.key", .tooLarge),
        ]
    )
    func flood(name: String, reason: PacketError.Reason) throws {
        let bytes = try Self.file("keys/" + name)
        let error = #expect(throws: PacketError.self) { try CertificateScan(bytes) }
        #expect(error?.reason == reason)
    }

    @Test("20,000 mutations of good packets crash nothing")
    func mutations() throws {
        var generator = SeededGenerator(seed: 4711)
        let seeds = try [
            Self.file("openpgp/00-good.pgp"), Self.file("sigs/two.sig"),
            Self.file("keys/eve.key"),
        ]
        var (refusals, tried) = (0, 0)
        for round in 0..<20_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.removeSubrange(index...)
                default: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: index)
                }
            }
            let isRefused = (try? EncryptedMessageScan(bytes)) == nil
            if round % seeds.count == 0 {
                tried += 1
                if isRefused { refusals += 1 }
            }
            _ = try? UnwrappedMessage(bytes, limit: 1 << 20)
            _ = try? DetachedSignatureScan(bytes)
            _ = try? CertificateScan(bytes)
            _ = try? Armor.dearmor(Armor.armor(bytes, kind: .message), kind: .message)
        }
        // The scan cannot refuse every mutation: most octets of the message are ciphertext,
        // in which only gpg detects a change.
        #expect((tried / 4..<tried).contains(refusals))
    }
}
