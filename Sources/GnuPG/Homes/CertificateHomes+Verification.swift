import CGPGME
import Foundation
public import OpenPGP

extension CertificateHomes {
    /// Checks the signatures of a message from which the encryption was removed.
    ///
    /// - Parameters:
    ///   - message: binary packets, which were scanned.
    ///   - certificate: the claimed author's; nil to read a text whose signatures
    ///     are nobody's.
    ///   - limit: octets that may come out.
    /// - Returns: the text with what each signature is worth. A text without any
    ///   signature is a success too.
    /// - Throws: what is our own failure.
    public func verify(
        message: [UInt8],
        by certificate: Certificate?,
        limit: Int
    ) throws(OpenPGPError) -> Result<Verified, OpenRefusal> {
        guard let scan = try? SignedMessageScan(message) else { return .failure(.malformed) }
        let run = try withHome(of: certificate?.bytes ?? [], .verify) { home throws(OpenPGPError) in
            try context(in: home, .verify).verify(message, limit: limit)
        }
        return try judge(run, scanned: scan.signatureCount, certificate)
    }

    /// Checks a detached signature over octets that are elsewhere.
    ///
    /// - Parameters:
    ///   - signature: binary packets, which were scanned.
    ///   - content: what was signed, octet for octet.
    ///   - certificate: the claimed author's.
    /// - Returns: the content, with what each signature is worth.
    /// - Throws: what is our own failure.
    public func verify(
        detached signature: [UInt8],
        over content: [UInt8],
        by certificate: Certificate?
    ) throws(OpenPGPError) -> Result<Verified, OpenRefusal> {
        guard let scan = try? DetachedSignatureScan(signature) else { return .failure(.malformed) }
        var run = try withHome(of: certificate?.bytes ?? [], .verify) { home throws(OpenPGPError) in
            try context(in: home, .verify).verify(detached: signature, over: content)
        }
        run.plaintext = content
        return try judge(run, scanned: scan.signatureCount, certificate)
    }

    private func judge(
        _ run: Verification,
        scanned count: Int?,
        _ certificate: Certificate?
    ) throws(OpenPGPError) -> Result<Verified, OpenRefusal> {
        if run.isOverLimit { return .failure(.tooLarge) }
        // GPGME reports success when gpg crashed: no signatures, and whatever part
        // of the text had been written.
        guard run.hasEnded else { return .failure(.engineFailed) }
        if run.code.isSystemError { throw OpenPGPError(run.code, .verify) }
        switch run.code {
        case .none: break
        // Two texts (BAD_DATA), or none (NO_DATA): it has not one meaning.
        case .badData, .noData: return .failure(.malformed)
        default: return .failure(.engineFailed)
        }
        let keys = strengths(of: certificate)
        let signatures = run.signatures.map {
            $0.facts(in: keys, primary: certificate?.fingerprint)
        }
        let areGood = signatures.allSatisfy { $0.outcome == .good }
        // gpg sometimes reports fewer signatures than there are. That may not make
        // the others good; with a faulty one among them it does not matter.
        let isComplete = count.map { $0 == signatures.count } ?? true
        guard !areGood || isComplete && run.exit == 0 else { return .failure(.malformed) }
        return .success(Verified(plaintext: run.plaintext, signatures: signatures))
    }

    /// The keys of a certificate by its own packets, and whether each is strong.
    private func strengths(of certificate: Certificate?) -> [String: Bool] {
        guard let certificate, let scan = try? CertificateScan(certificate.bytes) else {
            return [:]
        }
        return Dictionary(
            scan.keys.map { ($0.fingerprint.description, $0.isStrong) },
            uniquingKeysWith: { $0 && $1 }
        )
    }
}

/// How one verification ended, as values.
struct Verification {
    var code: OpenPGPError.Code
    var exit: Int?
    var hasEnded: Bool
    var isOverLimit = false
    var signatures: [SignatureResult]
    var plaintext: [UInt8] = []
}

extension GPGMEContext {
    fileprivate consuming func verify(
        _ message: [UInt8],
        limit: Int
    ) throws(OpenPGPError) -> Verification {
        let input = try GPGMEInput(message, operation)
        let output = try GPGMEOutput(limit: limit, operation)
        let result = unsafe gpgme_op_verify(pointer, input.pointer, nil, output.pointer)
        var run = verification(result)
        run.isOverLimit = output.isOverLimit
        run.plaintext = output.take()
        return run
    }

    fileprivate consuming func verify(
        detached signature: [UInt8],
        over content: [UInt8]
    ) throws(OpenPGPError) -> Verification {
        let signature = try GPGMEInput(signature, operation)
        let content = try GPGMEInput(content, operation)
        return verification(
            unsafe gpgme_op_verify(pointer, signature.pointer, content.pointer, nil)
        )
    }

    private func verification(_ result: gpgme_error_t) -> Verification {
        Verification(
            code: OpenPGPError.Code(result),
            exit: status.exit,
            hasEnded: status.hasEnded,
            signatures: SignatureResult.all(in: self)
        )
    }
}

extension PublicKeyPacket {
    /// Whether a signature by this key is worth anything.
    fileprivate var isStrong: Bool {
        switch algorithm {
        // RSA, and RSA that only signs.
        case .rsa, .rsaSignOnly: (2048...8192).contains(bits)
        // ECDSA, EdDSA.
        case .ecdsa, .eddsa: true
        default: false
        }
    }
}
