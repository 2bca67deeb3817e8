import CGPGME
import Foundation
import OpenPGP

/// GPGME's result for one signature, copied into values.
struct SignatureResult: Sendable, Hashable {
    /// The fingerprint of the signing key; only its key id, 16 digits, if gpg does not know the
    /// key or the signature is bad.
    let signer: String
    let status: OpenPGPError.Code
    let summary: UInt32
    let hasWrongKeyUsage: Bool
    let created: Date
    let expires: Date?
    let hash: HashAlgorithm
    let publicKeyAlgorithm: SignatureAlgorithm

    /// The results of the last operation in a context.
    static func all(in context: borrowing GPGMEContext) -> [Self] {
        guard let result = unsafe gpgme_op_verify_result(context.pointer) else { return [] }
        var results: [Self] = []
        var next = unsafe result.pointee.signatures
        while let signature = unsafe next {
            unsafe results.append(Self(signature.pointee))
            unsafe next = signature.pointee.next
        }
        return results
    }

    private init(_ signature: _gpgme_signature) {
        signer = unsafe signature.fpr.map { unsafe String(cString: $0) } ?? ""
        status = unsafe OpenPGPError.Code(signature.status)
        summary = unsafe signature.summary.rawValue
        hasWrongKeyUsage = unsafe signature.wrong_key_usage != 0
        created = unsafe Date(timeIntervalSince1970: TimeInterval(signature.timestamp))
        let expiry = unsafe signature.exp_timestamp
        expires = expiry == 0 ? nil : Date(timeIntervalSince1970: TimeInterval(expiry))
        hash = unsafe HashAlgorithm(signature.hash_algo)
        publicKeyAlgorithm = unsafe SignatureAlgorithm(signature.pubkey_algo)
    }
}
