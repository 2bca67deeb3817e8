import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Certificates of people who want to cost us time, or to make our engine fail.
@Suite("Hostile certificates") struct HostileCertificateTests {
    private static let shapes: [(HostileCertificate, CertificateRefusal?)] = [
        (.damagedSubkey, nil), (.unknownVersion, .noValidSelfSignature), (.burn, .weakKey),
    ]

    @Test(
        "a certificate that gpg fails on is refused and never our failure",
        arguments: shapes
    )
    func broken(shape: HostileCertificate, expected: CertificateRefusal?) throws {
        let laboratory = try Laboratory()
        let bytes = try shape.bytes()
        let result = try #require(try laboratory.homes.inspect(bytes, now: Date()).failure)
        guard let expected else {
            guard case .malformed = result else {
                Issue.record("\(result)")
                return
            }
            return
        }
        #expect(result == expected)
    }

    @Test("of hundreds of self-signatures gpg sees a few")
    func slow() throws {
        let bytes = try HostileCertificate.slow.bytes()
        let reduced = try CertificateReduction.reduce(bytes)
        var reader = PacketReader(reduced)
        let signatures = try reader.all(atMost: 300).filter { $0.tag == .signature }
        #expect(signatures.count == CertificateReduction.signaturesOfAKind + 1)
        let laboratory = try Laboratory(limits: EngineLimits(inspectionSeconds: 1))
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try laboratory.homes.inspect(bytes, now: Date()) }
        #expect(time < .seconds(5))
    }

    @Test("a certificate that costs gpg more than its second of processor time is refused")
    func budget() throws {
        let directory = try TemporaryDirectory()
        // This gpg works, but for one certificate, on which it counts for ever.
        let slow = try TestKeyring("mallory").publicKey()
        let gpg = directory.file("slow-gpg")
        let script = """
            #!/bin/bash
            for argument; do
                if [ "$before" = --homedir ] && [ $(stat -c %s "$argument/pubring.gpg") = \
            \(slow.count) ]; then while :; do :; done; fi
                before=$argument
            done
            exec /usr/bin/gpg "$@"

            """
        try script.write(toFile: gpg, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: gpg)
        let homes = CertificateHomes(
            directory: directory.file("c"),
            engine: try Engine.install(
                in: directory.file("engine"),
                limits: .standard,
                gpg: gpg
            )
        )
        let clock = ContinuousClock()
        var result: CertificateRefusal?
        let time = try clock.measure {
            result = try homes.inspect(slow, now: Date()).failure
        }
        guard case .malformed = result else {
            Issue.record("\(String(describing: result))")
            return
        }
        #expect(time < .seconds(EngineLimits.standard.processorSeconds))
        let good = try TestKeyring("anne", expires: "30d").publicKey()
        #expect(throws: Never.self) { try homes.inspect(good, now: Date()).get() }
    }

    @Test(
        "an engine that fails on every certificate is our failure",
        arguments: ["exit 2", "exit 127"]
    )
    func ours(behaviour: String) throws {
        let directory = try TemporaryDirectory()
        let gpg = directory.file("no-gpg")
        try "#!/bin/sh\n[ \"$1\" = --version ] && exec /usr/bin/gpg --version\n\(behaviour)\n"
            .write(toFile: gpg, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: gpg)
        let homes = CertificateHomes(
            directory: directory.file("c"),
            engine: try Engine.install(
                in: directory.file("engine"),
                limits: .standard,
                gpg: gpg
            )
        )
        let key = try TestKeyring("anne").publicKey()
        #expect(throws: OpenPGPError.self) { try homes.inspect(key, now: Date()) }
    }

    @Test("certifications by others, a photo and a costly subkey are removed, not refused")
    func noise() throws {
        let laboratory = try Laboratory()
        let anne = try TestKeyring("anne").publicKey()
        let parts = HostileCertificate.packets(of: anne).map {
            HostileCertificate.packet($0.tag, $0.body)
        }
        let burning = try HostileCertificate.burn.bytes()
        var reader = PacketReader(burning)
        let key = try #require(try reader.next())
        let foreign = try #require(
            HostileCertificate.packets(of: try TestKeyring("bob").publicKey()).first { $0.tag == 2 }
        )
        let noisy =
            parts[0] + parts[1] + parts[2]
            + (0..<400).flatMap { _ in HostileCertificate.packet(2, foreign.body) }
            + HostileCertificate.packet(17, [UInt8](repeating: 1, count: 200)) + parts[2]
            + parts[3] + parts[4]
            + HostileCertificate.packet(14, burning[key.body]) + parts[4]
        let plain = try laboratory.homes.inspect(anne, now: Date()).get()
        #expect(try laboratory.homes.inspect(noisy, now: Date()).get() == plain)
    }
}
