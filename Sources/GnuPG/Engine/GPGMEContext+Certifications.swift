import CGPGME
import OpenPGP

/// One certification of a user id, with gpg's result.
struct CertificationListing: Sendable, Hashable {
    /// Whether gpg verified it and its type is a certification.
    let isGood: Bool
}

extension GPGMEContext {
    /// The certifications by one key on the user ids of another, all verified by gpg.
    ///
    /// The validating mode is necessary: with the mode for signatures alone, gpg lists
    /// signatures that it has not verified.
    consuming func signatures(
        on key: Fingerprint,
        by signer: KeyID
    ) throws(OpenPGPError) -> [CertificationListing] {
        let modes = GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_SIGS | GPGME_KEYLIST_MODE_VALIDATE
        try check(unsafe gpgme_set_keylist_mode(pointer, gpgme_keylist_mode_t(modes)))
        try check(unsafe gpgme_op_keylist_start(pointer, key.description, 0))
        var result: [CertificationListing] = []
        while true {
            var found: gpgme_key_t?
            let code = unsafe gpgme_op_keylist_next(pointer, &found)
            guard code == 0, let found = unsafe found else {
                guard OpenPGPError.Code(code) == .endOfFile else { throw error(code) }
                break
            }
            defer { unsafe gpgme_key_unref(found) }
            unsafe result += CertificationListing.all(in: found.pointee, by: signer)
        }
        unsafe gpgme_op_keylist_end(pointer)
        try checkEnd(0)
        return result
    }
}

extension CertificationListing {
    fileprivate static func all(in key: _gpgme_key, by signer: KeyID) -> [Self] {
        var result: [Self] = []
        var userID = unsafe key.uids
        while let name = unsafe userID {
            var signature = unsafe name.pointee.signatures
            while let pointer = unsafe signature {
                let id = unsafe pointer.pointee.keyid.map { unsafe String(cString: $0) }
                if id == signer.description { unsafe result.append(Self(pointer.pointee)) }
                unsafe signature = pointer.pointee.next
            }
            unsafe userID = name.pointee.next
        }
        return result
    }

    fileprivate init(_ signature: _gpgme_key_sig) {
        let number = UInt8(truncatingIfNeeded: unsafe signature.sig_class)
        unsafe isGood =
            signature.status == 0 && signature.revoked == 0 && signature.expired == 0
            && Certification.classes.contains(number)
    }
}
