import OpenPGP

/// What came of a decryption: plaintext, a sender's fault, or ours.
enum DecryptionJudgement: Sendable, Hashable {
    case plaintext
    case refused(OpenRefusal)
    /// Ours: an alarm, and the message is asked for again, however often.
    case failed(OpenPGPError.Code)

    /// Exit status of `timeout` after it killed.
    private static let killed = 128 + 9

    // CHECKSUM, CIPHER_ALGO, WRONG_SECKEY, NO_DATA, BAD_DATA, DECRYPT_FAILED.
    private static let senders: Set<OpenPGPError.Code> = [
        .checksum, .cipherAlgorithm, .wrongSecretKey, .noData, .badData, .decryptFailed,
    ]

    /// Judges what the engine reported.
    ///
    /// GPGME gives "no secret key" for a message to somebody else, for a key file
    /// that is gone and for an agent that does not start, and also when a message
    /// for us and another was tampered with. gpg's status lines tell these apart:
    /// whether a key of ours yielded a session key, and how the agent failed.
    ///
    /// - Parameters:
    ///   - decryption: how it ended.
    ///   - recipients: the key ids that a scan found in the message.
    ///   - own: the key ids of the list's key and its subkeys.
    ///   - primary: the list's fingerprint.
    init(
        _ decryption: Decryption,
        recipients: [String],
        own: Set<String>,
        primary: String
    ) {
        if decryption.isOverLimit {
            self = .refused(.tooLarge)
        } else if let opener = decryption.openedBy {
            self = Self.judge(
                opened: decryption,
                byList: opener == primary,
                recipients: recipients,
                own: own
            )
        } else {
            self = Self.judge(
                unopened: decryption,
                isNamed: recipients.contains(where: own.contains)
            )
        }
    }

    // Our key did its work: whatever went wrong then is in the message.
    private static func judge(
        opened decryption: Decryption,
        byList: Bool,
        recipients: [String],
        own: Set<String>
    ) -> Self {
        guard hasEnded(decryption) else { return .refused(.engineFailed) }
        if decryption.code.isSystemError { return .failed(decryption.code) }
        switch decryption.code {
        case .none where decryption.exit != 0: return .refused(.malformed)
        case .none: break
        // "No secret key" is another recipient's here.
        case .noSecretKey: return .refused(.undecryptable)
        default:
            return .refused(senders.contains(decryption.code) ? .undecryptable : .engineFailed)
        }
        // REQUIREMENTS: success is a list of checks. A second encrypted layer
        // shows as more recipients than the scan of the first one found.
        guard byList, decryption.recipients.map(\.keyID).sorted() == recipients.sorted(),
            decryption.recipients.contains(where: {
                $0.status == .none && (own.contains($0.keyID) || $0.isHidden)
            })
        else { return .refused(.malformed) }
        guard !decryption.isUnsound, decryption.cipher.hasPrefix("AES") else {
            return .refused(.weakEncryption)
        }
        return .plaintext
    }

    // No key of ours yielded a session key.
    private static func judge(unopened decryption: Decryption, isNamed: Bool) -> Self {
        // gpg waited for the agent, and was killed waiting.
        if isNamed, decryption.exit == killed { return .failed(.engineEnded) }
        let codes = [decryption.code] + decryption.keyFailures
        if let code = codes.first(where: { $0.isFailureOfKey }) { return .failed(code) }
        guard hasEnded(decryption) else { return .refused(.engineFailed) }
        if decryption.code == .noSecretKey {
            return isNamed ? .failed(.noSecretKey) : .refused(.notForUs)
        }
        return .refused(senders.contains(decryption.code) ? .undecryptable : .engineFailed)
    }

    private static func hasEnded(_ decryption: Decryption) -> Bool {
        decryption.exit.map { $0 < 124 } ?? false
    }
}

extension Decryption.Recipient {
    var isHidden: Bool { keyID.allSatisfy { $0 == "0" } }
}

extension OpenPGPError.Code {
    /// Success, which is not an error.
    static let none = Self(rawValue: 0)

    /// Whether an agent that fails with this code is ours to mend.
    fileprivate var isFailureOfKey: Bool {
        switch self {
        case .noPinEntry, .missingKey, .noAgent, .agent, .canceled, .badPassphrase, .endOfFile:
            true
        default: isSystemError
        }
    }
}

extension DecryptionJudgement {
    /// Throws unless it gave plaintext, of what is in the store: no stranger can be at fault
    /// for that, so it is ours, or somebody planted it.
    func checkOwn() throws(OpenPGPError) {
        switch self {
        case .plaintext: break
        case .failed(let code): throw OpenPGPError(code, .open)
        case .refused(.tooLarge): throw OpenPGPError(.outputTooLarge, .open)
        case .refused(.engineFailed): throw OpenPGPError(.engineEnded, .open)
        case .refused(.notForUs), .refused(.undecryptable), .refused(.malformed),
            .refused(.weakEncryption):
            throw OpenPGPError(.forgery, .open)
        }
    }
}
