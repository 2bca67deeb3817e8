import CGPGME
import Foundation
public import OpenPGP

extension CertificateHomes {
    /// Verifies the signatures of a decrypted message.
    ///
    /// - Parameters:
    ///   - message: Binary packets that were scanned.
    ///   - certificate: The certificate of the claimed author; nil to read the text although
    ///     nobody is known who could have signed it.
    ///   - limit: The largest plaintext in octets.
    /// - Returns: The plaintext with the result for each signature, or the sender's fault. A
    ///   text without signatures is a success too.
    /// - Throws: ``OpenPGPError`` if the system fails or the home cannot be written.
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

    /// Verifies a detached signature over the given content.
    ///
    /// - Parameters:
    ///   - signature: Binary packets that were scanned.
    ///   - content: The signed content, octet for octet.
    ///   - certificate: The certificate of the claimed author, or nil.
    /// - Returns: The content with the result for each signature, or the sender's fault.
    /// - Throws: ``OpenPGPError`` if the system fails or the home cannot be written.
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
        // GPGME reports success when gpg crashed: no signatures, and the part of the text that
        // was written so far.
        guard run.hasEnded else { return .failure(.engineFailed) }
        if run.code.isSystemError { throw OpenPGPError(run.code, .verify) }
        switch run.code {
        case .none: break
        // There are two texts (BAD_DATA) or none (NO_DATA), so the meaning is not unique.
        case .badData, .noData: return .failure(.malformed)
        default: return .failure(.engineFailed)
        }
        let keys = strengths(of: certificate)
        let signatures = run.signatures.map {
            $0.facts(in: keys, primary: certificate?.fingerprint)
        }
        let areGood = signatures.allSatisfy { $0.outcome == .good }
        // gpg sometimes reports fewer signatures than the scan found. Then the others must not
        // count as good. If one of them is faulty, it does not matter.
        let isComplete = count.map { $0 == signatures.count } ?? true
        guard !areGood || isComplete && run.exit == 0 else { return .failure(.malformed) }
        return .success(Verified(plaintext: run.plaintext, signatures: signatures))
    }

    /// The fingerprints of all keys in a certificate, and whether each key is strong.
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

/// The result of one verification, before it is judged.
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
    /// Whether a signature by this key can be accepted.
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
