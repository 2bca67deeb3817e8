import CGPGME
import OpenPGP

/// Owns one reference to a key object of GPGME.
@safe
struct GPGMEKey: ~Copyable {
    let pointer: gpgme_key_t

    /// Looks up a key by its fingerprint; the context can be used for an operation afterwards.
    init(_ fingerprint: Fingerprint, in context: borrowing GPGMEContext) throws(OpenPGPError) {
        var key: gpgme_key_t?
        try context.check(
            unsafe gpgme_get_key(context.pointer, fingerprint.description, &key, 0)
        )
        guard let key = unsafe key else {
            throw OpenPGPError(.engineInconsistent, context.operation)
        }
        unsafe pointer = key
    }

    deinit { unsafe gpgme_key_unref(pointer) }
}
