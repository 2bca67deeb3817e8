import CGPGME
import OpenPGP

/// One GPGME context: had for one operation, by one thread, and then gone.
///
/// Contexts may not be shared between threads, and results live only until the
/// next operation; so both are used once and turned into values here. Whether the
/// context itself is made anew is ``GPGMEContextPool``'s affair.
@safe
struct GPGMEContext: ~Copyable {
    let pointer: gpgme_ctx_t
    let operation: OpenPGPError.Operation
    /// What GPGME does not tell.
    let status: EngineStatus
    private let place: GPGMEContextPool.Place?
    private let isReused: Bool

    /// A context for gpg in one home; the program is the wrapper that stands for it.
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

    /// A context without an engine.
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
        // The one thing that an operation here sets besides.
        try check(
            unsafe gpgme_set_keylist_mode(pointer, gpgme_keylist_mode_t(GPGME_KEYLIST_MODE_LOCAL))
        )
        // No dirmngr, so no network: nobody learns what the list received.
        unsafe gpgme_set_offline(pointer, 1)
        // No key of ours has a passphrase; nobody can be asked for one.
        try check(unsafe gpgme_set_pinentry_mode(pointer, GPGME_PINENTRY_MODE_ERROR))
        try check(unsafe gpgme_set_ctx_flag(pointer, "full-status", "1"))
        unsafe gpgme_set_status_cb(
            pointer,
            engineStatusLine,
            Unmanaged.passUnretained(status).toOpaque()
        )
    }

    /// Throws whatever is not success.
    func check(_ result: gpgme_error_t) throws(OpenPGPError) {
        guard result == 0 else { throw error(result) }
    }

    /// Throws whatever is not success of an operation that the engine finished.
    func checkEnd(_ result: gpgme_error_t) throws(OpenPGPError) {
        guard status.hasEnded else { throw OpenPGPError(.engineEnded, operation) }
        try check(result)
        guard status.exit == 0 else { throw OpenPGPError(.engineInconsistent, operation) }
    }

    func error(_ result: gpgme_error_t) -> OpenPGPError { OpenPGPError(result, operation) }
}
