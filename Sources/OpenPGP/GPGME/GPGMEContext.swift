import CGPGME

/// One GPGME context: made for one operation, by one thread, and then gone.
///
/// Contexts may not be shared between threads, and results live only until the
/// next operation; so both are used once and turned into values here.
@safe
struct GPGMEContext: ~Copyable {
    let pointer: gpgme_ctx_t
    let operation: OpenPGPError.Operation
    /// What GPGME does not tell.
    let status: EngineStatus

    /// A context for gpg in one home; the program is the wrapper that stands for it.
    static func gpg(
        _ program: String,
        home: String,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> GPGMEContext {
        let context = try GPGMEContext(operation)
        try context.use(program, home: home)
        return context
    }

    /// A context without an engine.
    init(_ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        try GPGMELibrary.prepare(operation)
        var context: gpgme_ctx_t?
        let result = unsafe gpgme_new(&context)
        guard result == 0, let context = unsafe context else {
            throw OpenPGPError(result, operation)
        }
        unsafe pointer = context
        self.operation = operation
        status = EngineStatus()
    }

    deinit { unsafe gpgme_release(pointer) }

    private func use(_ program: String, home: String) throws(OpenPGPError) {
        try check(unsafe gpgme_set_protocol(pointer, GPGME_PROTOCOL_OpenPGP))
        try check(
            unsafe gpgme_ctx_set_engine_info(pointer, GPGME_PROTOCOL_OpenPGP, program, home)
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
