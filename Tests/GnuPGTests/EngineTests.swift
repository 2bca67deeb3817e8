import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("The gpg wrapper") struct EngineTests {
    @Test("only the owner can run the wrapper, and nobody can write it")
    func wrapperPermissions() throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.install(in: directory.file("engine"))
        let file = try FileManager.default.attributesOfItem(atPath: engine.program)
        let folder = try FileManager.default.attributesOfItem(atPath: directory.file("engine"))
        #expect(file[.posixPermissions] as? Int == 0o500)
        #expect(folder[.posixPermissions] as? Int == 0o700)
    }

    @Test("a directory that other users may write is refused")
    func sharedDirectory() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.file("engine"),
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o770]
        )
        #expect(throws: OpenPGPError(.unsafeDirectory, .install)) {
            try Engine.install(in: directory.file("engine"))
        }
    }

    @Test(
        "gpg is accepted from version 2.2.40",
        arguments: [
            ("2.0.22", false), ("2.2.39", false), ("2.2.40", true), ("2.4.7-unknown", true),
        ]
    )
    func version(number: String, isTaken: Bool) throws {
        let directory = try TemporaryDirectory()
        let gpg = try script("echo 'gpg (GnuPG) \(number)'; echo libgcrypt 1.10", in: directory)
        let engine = try? Engine.install(in: directory.file("e"), limits: .standard, gpg: gpg)
        #expect((engine != nil) == isTaken)
    }

    @Test(
        "a gpg that hangs, crashes or reports nothing is never a success",
        arguments: ["sleep 60", "kill -SEGV $$", "exit 0", "kill -KILL $$"]
    )
    func silentEngine(behaviour: String) throws {
        let directory = try TemporaryDirectory()
        let gpg = try script(
            "if [ \"$1\" = --version ]; then echo 'gpg (GnuPG) 2.2.40'; exit; fi; \(behaviour)",
            in: directory
        )
        let engine = try Engine.install(
            in: directory.file("engine"),
            limits: EngineLimits(seconds: 1),
            gpg: gpg
        )
        let homes = CertificateHomes(directory: directory.file("c"), engine: engine)
        // With an unencrypted literal packet GPGME reports success whatever gpg did.
        let literal: [UInt8] = [0xcb, 0x07, 0x62, 0, 0, 0, 0, 0, 0x41]
        let result = try homes.verify(message: literal, by: nil, limit: 100)
        switch result {
        case .success(let verified):
            // Only a gpg that exits with 0 can have read a text, and this one wrote none.
            #expect(behaviour == "exit 0" && verified.plaintext.isEmpty)
        case .failure(let refusal): #expect(refusal == .engineFailed)
        }
        #expect(throws: (any Error).self) {
            try homes.inspect(try TestKeyring("alice").publicKey(), now: Date()).get()
        }
    }

    private func script(_ text: String, in directory: TemporaryDirectory) throws -> String {
        let path = try directory.write(Array("#!/bin/sh\n\(text)\n".utf8), to: "fake")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path)
        return path
    }
}
