import CGPGME
import Glibc
import OpenPGP

/// The library itself, which must be asked for its version before anything else.
enum GPGMELibrary {
    /// The oldest library that this code was tried with.
    static let requiredVersion = "1.18.0"

    // Once for the process, on whichever thread comes first: the call sets up the
    // library's locks and ignores SIGPIPE.
    private static let isUsable: Bool = {
        guard unsafe CGPGME_check_version(requiredVersion) != nil else { return false }
        // The engine's messages are thrown away; a fixed locale keeps what it
        // parses (user ids are UTF-8 whatever happens) the same everywhere.
        unsafe gpgme_set_locale(nil, LC_CTYPE, "C")
        return gpgme_engine_check_version(GPGME_PROTOCOL_SPAWN) == 0
    }()

    /// Throws unless the library is new enough and laid out as its header says.
    static func prepare(_ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        guard isUsable else { throw OpenPGPError(.libraryTooOld, operation) }
    }
}
