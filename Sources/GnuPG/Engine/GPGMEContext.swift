import CGPGME
import OpenPGP

/// One GPGME context, used for one operation by one thread.
///
/// A context may not be shared between threads, and its results live only until the next
/// operation. So a value is used once, and the results are copied into Swift values.
/// ``GPGMEContextPool`` keeps the C object for another operation.
@safe
struct GPGMEContext: ~Copyable {
    let pointer: gpgme_ctx_t
    let operation: OpenPGPError.Operation
    /// The status lines of gpg that GPGME does not report.
    let status: EngineStatus
    private let place: GPGMEContextPool.Place?
    private let isReused: Bool

    /// Makes a context for gpg in one home; the program is the path of the wrapper.
    static func gpg(
        _ program: String,
        home: String,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> GPGMEContext {
        let place = GPGMEContextPool.Place(program: program, home: home)
        let context = try GPGMEContext(operation, place)
        try context.use(place)
        return context
    }

    /// Makes a context without an engine.
    init(_ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        try self.init(operation, nil)
    }

    private init(
        _ operation: OpenPGPError.Operation,
        _ place: GPGMEContextPool.Place?
    ) throws(OpenPGPError) {
        try GPGMELibrary.prepare(operation)
        let idle = unsafe place.flatMap { unsafe GPGMEContextPool.shared.take($0) }
        let context =
            if let idle = unsafe idle { unsafe idle } else {
                try unsafe Self.make(operation)
            }
        unsafe pointer = context
        self.operation = operation
        self.place = place
        status = EngineStatus()
        isReused = unsafe idle != nil
    }

    private static func make(
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> gpgme_ctx_t {
        var context: gpgme_ctx_t?
        let result = unsafe gpgme_new(&context)
        guard result == 0, let context = unsafe context else {
            throw OpenPGPError(result, operation)
        }
        return unsafe context
    }

    deinit {
        if let place, status.hasEnded, !status.hasSecret {
            unsafe GPGMEContextPool.shared.put(pointer, place)
        } else {
            unsafe gpgme_release(pointer)
        }
    }

    private func use(_ place: GPGMEContextPool.Place) throws(OpenPGPError) {
        if !isReused {
            try check(unsafe gpgme_set_protocol(pointer, GPGME_PROTOCOL_OpenPGP))
            try check(
                unsafe gpgme_ctx_set_engine_info(
                    pointer,
                    GPGME_PROTOCOL_OpenPGP,
                    place.program,
                    place.home
                )
            )
        }
        // Listing certifications sets this mode, so a reused context needs it reset.
        try check(
            unsafe gpgme_set_keylist_mode(pointer, gpgme_keylist_mode_t(GPGME_KEYLIST_MODE_LOCAL))
        )
        // Without dirmngr gpg uses no network, so nobody learns what the list received.
        unsafe gpgme_set_offline(pointer, 1)
        // No key of a list has a passphrase, and there is nobody to ask for one.
        try check(unsafe gpgme_set_pinentry_mode(pointer, GPGME_PINENTRY_MODE_ERROR))
        try check(unsafe gpgme_set_ctx_flag(pointer, "full-status", "1"))
        unsafe gpgme_set_status_cb(
            pointer,
            engineStatusLine,
            Unmanaged.passUnretained(status).toOpaque()
        )
    }

    /// Throws an error unless the result is success.
    func check(_ result: gpgme_error_t) throws(OpenPGPError) {
        guard result == 0 else { throw error(result) }
    }

    /// Throws an error unless gpg ended by itself, with status 0 and a result of success.
    func checkEnd(_ result: gpgme_error_t) throws(OpenPGPError) {
        guard status.hasEnded else { throw OpenPGPError(.engineEnded, operation) }
        try check(result)
        guard status.exit == 0 else { throw OpenPGPError(.engineInconsistent, operation) }
    }

    func error(_ result: gpgme_error_t) -> OpenPGPError { OpenPGPError(result, operation) }
}
