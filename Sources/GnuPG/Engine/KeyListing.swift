import CGPGME
import Foundation
import OpenPGP

/// A certificate and its keys as gpg lists them now, copied into values.
struct KeyListing: Sendable, Hashable {
    /// A primary key or a subkey.
    struct Key: Sendable, Hashable {
        let fingerprint: String
        let kind: Kind
        let bits: Int
        let created: Date
        let expires: Date?
        /// Revoked, expired, disabled or not validly bound, as gpg reports.
        let isUnusable: Bool
        let isRevoked: Bool
        /// Whether no valid signature binds it to this certificate.
        let isUnbound: Bool
        let canSign: Bool
        let canEncrypt: Bool
    }

    /// The groups of public-key algorithms on which acceptance depends.
    enum Kind: Sendable, Hashable {
        case rsa
        case elgamal
        case dsa
        case ellipticCurve
        case other
    }

    let isRevoked: Bool
    let isExpired: Bool
    let isInvalid: Bool
    /// The primary key first.
    let keys: [Key]
    /// The user ids that are not revoked and have a valid self-signature.
    let userIDs: [String]

    fileprivate init?(_ key: _gpgme_key) {
        unsafe isRevoked = key.revoked != 0
        unsafe isExpired = key.expired != 0
        unsafe isInvalid = key.invalid != 0 || key.disabled != 0
        var keys: [Key] = []
        var subkey = unsafe key.subkeys
        while let pointer = unsafe subkey {
            unsafe keys.append(Key(pointer.pointee))
            unsafe subkey = pointer.pointee.next
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
        var userIDs: [String] = []
        var userID = unsafe key.uids
        while let pointer = unsafe userID {
            let isValid = unsafe pointer.pointee.revoked == 0 && pointer.pointee.invalid == 0
            if isValid, let text = unsafe pointer.pointee.uid {
                unsafe userIDs.append(String(cString: text))
            }
            unsafe userID = pointer.pointee.next
        }
        self.userIDs = userIDs
    }
}

extension KeyListing.Key {
    fileprivate init(_ subkey: _gpgme_subkey) {
        fingerprint = unsafe subkey.fpr.map { unsafe String(cString: $0) } ?? ""
        kind =
            switch unsafe subkey.pubkey_algo {
            case GPGME_PK_RSA, GPGME_PK_RSA_E, GPGME_PK_RSA_S: .rsa
            case GPGME_PK_ELG, GPGME_PK_ELG_E: .elgamal
            case GPGME_PK_DSA: .dsa
            case GPGME_PK_ECDSA, GPGME_PK_ECDH, GPGME_PK_EDDSA, GPGME_PK_ECC: .ellipticCurve
            default: .other
            }
        bits = unsafe Int(subkey.length)
        created = unsafe Date(timeIntervalSince1970: TimeInterval(subkey.timestamp))
        let expiry = unsafe subkey.expires
        expires = expiry == 0 ? nil : Date(timeIntervalSince1970: TimeInterval(expiry))
        isRevoked = unsafe subkey.revoked != 0
        isUnbound = unsafe subkey.invalid != 0
        unsafe isUnusable =
            subkey.revoked != 0 || subkey.expired != 0 || subkey.disabled != 0
            || subkey.invalid != 0
        canSign = unsafe subkey.can_sign != 0
        canEncrypt = unsafe subkey.can_encrypt != 0
    }

    /// Whether its algorithm and size are accepted.
    var isStrong: Bool {
        switch kind {
        case .rsa, .elgamal: (2048...8192).contains(bits)
        case .ellipticCurve: true
        case .dsa, .other: false
        }
    }

    /// Whether the key may be used at a time.
    ///
    /// gpg's capability flags alone are not enough: `can_encrypt` stays set for an expired
    /// subkey.
    func isUsable(now: Date) -> Bool {
        !isUnusable && isStrong && created <= now && expires.map { $0 > now } ?? true
    }
}

extension GPGMEContext {
    /// All keys in the home, as gpg judges them now.
    consuming func listKeys(secret: Bool = false) throws(OpenPGPError) -> [KeyListing] {
        try check(unsafe gpgme_op_keylist_start(pointer, nil, secret ? 1 : 0))
        var listings: [KeyListing] = []
        var result: gpgme_error_t = 0
        while true {
            var key: gpgme_key_t?
            unsafe result = gpgme_op_keylist_next(pointer, &key)
            guard result == 0, let key = unsafe key else { break }
            defer { unsafe gpgme_key_unref(key) }
            if let listing = unsafe KeyListing(key.pointee) { listings.append(listing) }
        }
        let code = OpenPGPError.Code(result)
        guard code == .endOfFile else { throw OpenPGPError(code, operation) }
        unsafe gpgme_op_keylist_end(pointer)
        // A gpg that is killed lists fewer keys, and GPGME reports no error.
        try checkEnd(0)
        return listings
    }

    /// The public part of one key, or of all keys, without certifications by other keys.
    consuming func export(
        _ fingerprint: String?,
        limit: Int
    ) throws(OpenPGPError) -> [UInt8] {
        let output = try GPGMEOutput(limit: limit, operation)
        let mode = gpgme_export_mode_t(GPGME_EXPORT_MODE_MINIMAL)
        let result = unsafe gpgme_op_export(pointer, fingerprint, mode, output.pointer)
        guard !output.isOverLimit else { throw OpenPGPError(.outputTooLarge, operation) }
        try checkEnd(result)
        return output.take()
    }
}
