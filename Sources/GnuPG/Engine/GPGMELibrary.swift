import CGPGME
import Glibc
import OpenPGP

/// Initializes GPGME, which requires a version check before any other call.
enum GPGMELibrary {
    /// The oldest GPGME with which this code was tested.
    static let requiredVersion = "1.18.0"

    // Runs once in the process, on the first thread that needs it: the call initializes the
    // locks of the library and ignores SIGPIPE.
    private static let isUsable: Bool = {
        guard unsafe CGPGME_check_version(requiredVersion) != nil else { return false }
        // The messages of gpg are dropped. A fixed locale makes the text that GPGME parses the
        // same on every host; user ids are UTF-8 in any locale.
        unsafe gpgme_set_locale(nil, LC_CTYPE, "C")
        return gpgme_engine_check_version(GPGME_PROTOCOL_SPAWN) == 0
    }()

    /// Throws unless the library is new enough and has the structures of its header file.
    static func prepare(_ operation: OpenPGPError.Operation) throws(OpenPGPError) {
        guard isUsable else { throw OpenPGPError(.libraryTooOld, operation) }
    }
}
