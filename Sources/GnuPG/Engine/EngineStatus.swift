import CGPGME
import OpenPGP

/// What the engine said on its status channel, as far as GPGME drops it.
///
/// GPGME's return code is no verdict: a killed gpg gives "no data", and no agent
/// gives "no secret key". The lines kept here tell whose fault it was.
final class EngineStatus {
    /// The exit status that the wrapper reports last; nil if it was killed too.
    private(set) var exit: Int?
    /// Primary fingerprint of the key that opened the message.
    private(set) var decryptingPrimary: String?
    /// Why private key operations failed, in the agent's codes.
    private(set) var keyFailures: [OpenPGPError.Code] = []

    /// Whether its context was told a secret.
    var hasSecret = false

    /// Private key operations of one message that are remembered.
    private static let maximumFailures = 64

    /// Whether the engine came to its own end.
    ///
    /// gpg exits with 2 for a bad message and with 1 for a bad signature; above
    /// 123 `timeout` and signals speak.
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
