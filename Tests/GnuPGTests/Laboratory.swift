import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// One list with its key, the engine, and the homes for certificates.
final class Laboratory: Sendable {
    let directory: TemporaryDirectory
    let engine: Engine
    let list: ListKeyring
    let homes: CertificateHomes
    private let loan: KeyCabinet.Loan

    static let listAddress = "list@lists.test"

    init(algorithm: ListKeyAlgorithm = .curve25519, limits: EngineLimits = .standard) throws {
        directory = try TemporaryDirectory()
        engine = try Engine.install(in: directory.file("engine"), limits: limits)
        let home = directory.file("1")
        // The key is created under the standard limits, even if the test has other limits.
        loan = try KeyCabinet.shared.take("the list's \(algorithm)", into: home) {
            try ListKeyring.create(
                home: $0,
                engine: try Engine.install(in: $0 + ".engine"),
                algorithm: algorithm,
                userIDs: ["<\(Self.listAddress)>"]
            ).fingerprint.description
        }
        list = ListKeyring(
            home: home,
            fingerprint: try #require(Fingerprint(hex: loan.note)),
            engine: engine
        )
        homes = CertificateHomes(directory: directory.file("c"), engine: engine)
    }

    deinit {
        list.stopAgent()
        KeyCabinet.shared.giveBack(loan)
    }

    /// An author whose key ring contains the list's key.
    func author(
        _ name: String,
        algorithm: TestKeyring.Algorithm = .curve25519
    ) throws -> TestKeyring {
        let author = try TestKeyring(name, algorithm: algorithm)
        try author.learn(try list.publicKey())
        return author
    }

    /// The certificate of a person as the store would keep it.
    func certificate(of person: TestKeyring) throws -> Certificate {
        try homes.inspect(try person.publicKey(), now: Date()).get()
    }

    /// Decrypts a message with the list's key.
    func unwrap(
        _ message: [UInt8],
        limit: Int = 1 << 20
    ) throws -> Result<[UInt8], OpenRefusal> {
        try list.unwrap(message, scan: try EncryptedMessageScan(message), limit: limit)
    }

    /// The processes of a program whose command line contains the path of this laboratory.
    func processIDs(named name: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { entry in
            guard let process = Int32(entry),
                let line = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline")
            else { return nil }
            let text = String(decoding: line, as: UTF8.self)
            return text.contains(name) && text.contains(directory.path) ? process : nil
        }
    }
}

extension Result {
    /// The failure, or nil for a success.
    var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}
