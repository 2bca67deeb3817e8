import OpenPGP

/// The judgement on a decryption: plaintext, the sender's fault, or a failure of ours.
enum DecryptionJudgement: Sendable, Hashable {
    case plaintext
    case refused(OpenRefusal)
    /// A failure of ours: the caller raises an alarm and the sending MTA must retry.
    case failed(OpenPGPError.Code)

    /// The exit status that the wrapper reports after a run was killed.
    private static let killed = 128 + 9

    // CHECKSUM, CIPHER_ALGO, WRONG_SECKEY, NO_DATA, BAD_DATA, DECRYPT_FAILED.
    private static let senders: Set<OpenPGPError.Code> = [
        .checksum, .cipherAlgorithm, .wrongSecretKey, .noData, .badData, .decryptFailed,
    ]

    /// Judges the result of a decryption.
    ///
    /// GPGME reports "no secret key" if the message is for somebody else, if a key file is
    /// missing and if the agent does not start, and also if a message for us and another
    /// recipient was modified. The status lines of gpg distinguish these cases: they tell
    /// whether a key of ours gave a session key, and how the agent failed.
    ///
    /// - Parameters:
    ///   - decryption: The result of gpg.
    ///   - recipients: The key ids that a scan found in the message.
    ///   - own: The key ids of the list's key and its subkeys.
    ///   - primary: The fingerprint of the list's primary key.
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

    // Our key gave the session key, so a later error is in the message.
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
        // Here "no secret key" is about another recipient.
        case .noSecretKey: return .refused(.undecryptable)
        default:
            return .refused(senders.contains(decryption.code) ? .undecryptable : .engineFailed)
        }
        // Success means that every check passes. A second encrypted layer shows as more
        // recipients than the scan of the first one found.
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

    // No key of ours gave a session key.
    private static func judge(unopened decryption: Decryption, isNamed: Bool) -> Self {
        // gpg was killed while it waited for the agent.
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

    /// Whether the code is a failure of our agent or key, and not the sender's fault.
    fileprivate var isFailureOfKey: Bool {
        switch self {
        case .noPinEntry, .missingKey, .noAgent, .agent, .canceled, .badPassphrase, .endOfFile:
            true
        default: isSystemError
        }
    }
}

extension DecryptionJudgement {
    /// Throws unless a message from our own store was decrypted.
    ///
    /// Nobody outside is responsible for such a message, so a failure is ours, or somebody
    /// has planted the message.
    ///
    /// - Throws: ``OpenPGPError/Code/forgery`` for a message that the list did not make, and
    ///   other codes if gpg failed.
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
