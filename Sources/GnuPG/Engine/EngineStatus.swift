import CGPGME
import OpenPGP

/// Collects the lines of gpg's status channel that GPGME does not report.
///
/// GPGME's return code is not enough: it is "no data" for a killed gpg and "no secret key"
/// for a missing agent. The lines kept here tell whose fault a failure is.
final class EngineStatus {
    /// The exit status that the wrapper reports; nil if the wrapper was killed too.
    private(set) var exit: Int?
    /// The primary fingerprint of the key that decrypted the message.
    private(set) var decryptingPrimary: String?
    /// The gpg-agent's error codes for private key operations that failed.
    private(set) var keyFailures: [OpenPGPError.Code] = []

    /// Whether the context was asked to export a session key.
    var hasSecret = false

    /// The number of failed private key operations that are kept for one message.
    private static let maximumFailures = 64

    /// Whether gpg ended by itself.
    ///
    /// gpg exits with 2 for a malformed message and with 1 for a bad signature. A status of
    /// 124 or more comes from `timeout` or a signal.
    var hasEnded: Bool { exit.map { $0 < 124 } ?? false }

    func note(_ keyword: String, _ arguments: String) {
        let fields = arguments.split(separator: " ")
        switch keyword {
        case Engine.exitKeyword:
            exit = fields.first.flatMap { Int($0) }
        case "DECRYPTION_KEY":
            decryptingPrimary = fields.dropFirst().first.map(String.init)
        case "ERROR" where fields.first == "pkdecrypt_failed" || fields.first == "pksign_failed":
            guard keyFailures.count < Self.maximumFailures, fields.count > 1,
                let error = UInt32(fields[1])
            else { return }
            keyFailures.append(OpenPGPError.Code(error))
        default: break
        }
    }
}

func engineStatusLine(
    _ hook: UnsafeMutableRawPointer?,
    _ keyword: UnsafePointer<CChar>?,
    _ arguments: UnsafePointer<CChar>?
) -> gpgme_error_t {
    guard let hook = unsafe hook, let keyword = unsafe keyword else { return 0 }
    let status = unsafe Unmanaged<EngineStatus>.fromOpaque(hook).takeUnretainedValue()
    unsafe status.note(
        String(cString: keyword),
        arguments.map { unsafe String(cString: $0) } ?? ""
    )
    return 0
}
