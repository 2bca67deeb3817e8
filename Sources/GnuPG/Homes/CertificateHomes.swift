public import Foundation
public import OpenPGP

/// GnuPG homes with one certificate each, in which signatures are verified.
///
/// Written, never imported into: an import starts an agent for each home, and a
/// stranger's certificate in the same ring can break or borrow another's
/// verification (CVE-2025-30258). A cache, which is emptied at will.
public struct CertificateHomes: Sendable {
    /// Homes that are kept; the one that was used longest ago goes first.
    static let capacity = 1024

    let engine: Engine
    private let cache: CertificateHomeCache
    // Verification needs no agent, but processes and memory.
    let slots = OperationSlots()

    /// Keeps homes in a directory, which is made when it is needed and may be on
    /// a tmpfs: there is nothing in it that the store does not have.
    public init(directory: String, engine: Engine) {
        self.init(directory: directory, engine: engine, capacity: Self.capacity)
    }

    init(directory: String, engine: Engine, capacity: Int) {
        self.engine = engine
        cache = CertificateHomeCache(directory: directory, capacity: capacity)
    }

    /// The key packet to which a copy is encrypted, or nil if it has expired since
    /// the certificate was inspected.
    public func encryptionKey(of certificate: Certificate, now: Date) -> EncryptionKey? {
        guard let subkey = certificate.encryptionSubkey,
            certificate.encryptionExpires.map({ $0 > now }) ?? true,
            let scan = try? CertificateScan(certificate.bytes),
            let packet = scan.keys.first(where: { $0.fingerprint == subkey })
        else { return nil }
        return EncryptionKey(packet)
    }

    /// Does something in the home of a certificate, which stays meanwhile.
    func withHome<Result>(
        of certificate: [UInt8],
        _ operation: OpenPGPError.Operation,
        _ work: (String) throws(OpenPGPError) -> Result
    ) throws(OpenPGPError) -> Result {
        try slots.run { () throws(OpenPGPError) in
            try cache.withHome(of: certificate, operation, work)
        }
    }

    /// Encrypts to one subkey of a certificate.
    func encrypt(
        _ bytes: [UInt8],
        as encryption: GPGMEContext.Encryption,
        for subkey: Fingerprint,
        of certificate: [UInt8],
        limit: Int
    ) throws(OpenPGPError) -> [UInt8] {
        try withHome(of: certificate, .rewrap) { home throws(OpenPGPError) in
            try context(in: home, .rewrap).encrypt(
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
        try GPGMEContext.gpg(engine.program, home: home, operation)
    }
}
