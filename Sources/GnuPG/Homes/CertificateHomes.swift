public import Foundation
public import OpenPGP

/// GnuPG homes with one certificate each, in which signatures are verified.
///
/// The key ring of a home is written as a file, because an import would start an agent for
/// each home. Each home has only one certificate, because a stranger's certificate in the
/// same ring can break or borrow a verification (CVE-2025-30258). The homes are a cache
/// that may be deleted at any time.
public struct CertificateHomes: Sendable {
    /// The number of homes that are kept; the least recently used one is removed first.
    package static let capacity = 1024

    let engine: Engine
    private let cache: CertificateHomeCache
    // Verification uses no agent, but each run costs a process and memory.
    let slots = OperationSlots()
    let selfTests: SelfTestSchedule

    /// Keeps the homes in a directory, which is created when it is needed.
    ///
    /// It may be on a tmpfs, because it contains nothing that the store does not have.
    public init(directory: String, engine: Engine) {
        self.init(directory: directory, engine: engine, capacity: Self.capacity)
    }

    package init(
        directory: String,
        engine: Engine,
        capacity: Int = CertificateHomes.capacity,
        pauseOfSelfTests pause: Double = SelfTestSchedule.pause
    ) {
        self.engine = engine
        selfTests = SelfTestSchedule(pause: pause)
        cache = CertificateHomeCache(directory: directory, capacity: capacity)
    }

    /// The key to which copies for a certificate are encrypted; nil if there is none or it has
    /// expired since the inspection.
    public func encryptionKey(of certificate: Certificate, now: Date) -> EncryptionKey? {
        guard let subkey = certificate.encryptionSubkey,
            certificate.encryptionExpires.map({ $0 > now }) ?? true,
            let scan = try? CertificateScan(certificate.bytes),
            let packet = scan.keys.first(where: { $0.fingerprint == subkey })
        else { return nil }
        return EncryptionKey(packet)
    }

    /// Runs work in the home of a certificate, which is not removed meanwhile.
    func withHome<Result>(
        of certificate: [UInt8],
        _ operation: OpenPGPError.Operation,
        _ work: (String) throws(OpenPGPError) -> Result
    ) throws(OpenPGPError) -> Result {
        try slots.run { () throws(OpenPGPError) in
            try cache.withHome(of: certificate, operation, work)
        }
    }

    /// Encrypts to one subkey of a certificate, with gpg.
    func encrypt(
        _ bytes: [UInt8],
        as encryption: GPGMEContext.Encryption,
        for subkey: Fingerprint,
        of certificate: [UInt8],
        limit: Int,
        _ operation: OpenPGPError.Operation = .rewrap
    ) throws(OpenPGPError) -> [UInt8] {
        try withHome(of: certificate, operation) { home throws(OpenPGPError) in
            try context(in: home, operation).encrypt(
                bytes,
                as: encryption,
                to: subkey,
                limit: limit
            )
        }
    }

    func context(
        in home: String,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> GPGMEContext {
        try GPGMEContext.gpg(
            operation == .inspect ? engine.inspectionProgram : engine.program,
            home: home,
            operation
        )
    }
}
