import CGPGME
import Glibc
import OpenPGP
import Unix

/// A failure on our side: of gpg, its agent, a key file or a directory.
///
/// The message that caused it gets 451, and the administrator gets an alarm. A sender's
/// fault is not an error but a value, ``OpenRefusal``. Two errors are equal if their codes
/// are. No text of gpg is kept, because it quotes user ids and text of senders.
public struct OpenPGPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The operation that failed.
    public enum Operation: String, Sendable, Hashable {
        /// Finding gpg and writing its wrapper.
        case install = "install the engine"
        /// Creating a GnuPG home.
        case prepareHome = "prepare a GnuPG home"
        /// Starting or ending gpg-agent.
        case agent = "run gpg-agent"
        /// Creating a list's key.
        case createKey = "create a list key"
        /// Importing a list's secret key.
        case importKey = "import a list key"
        /// Changing the expiry of a list's key.
        case renewKey = "renew a list key"
        /// Exporting a list's key.
        case exportKey = "export a list key"
        /// Removing the encryption of a message.
        case unwrap
        /// Encrypting to a list's key.
        case seal
        /// Making a detached signature.
        case sign
        /// Decrypting a sealed post.
        case open = "open a sealed post"
        /// Encrypting a sealed post for one subscriber with GnuPG.
        case rewrap
        /// Verifying signatures.
        case verify
        /// Inspecting a certificate.
        case inspect = "inspect a certificate"
        /// Opening a test message of ours.
        case selfTest = "open a test message of our own"
    }

    /// The reason.
    public let code: Code
    /// The operation that failed.
    public let operation: Operation

    /// Makes an error from a code and the operation that failed.
    public init(_ code: Code, _ operation: Operation) {
        self.code = code
        self.operation = operation
    }

    /// Whether a sealed post is not what its list sealed, which means that somebody else
    /// could write to the store.
    public var isForgery: Bool { code == .forgery }

    /// Compares the codes only, so that the operation makes no difference.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// Hashes the code only, as equality demands.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// The operation and the reason, for a log.
    public var description: String {
        "cannot \(operation.rawValue): \(code.description)"
    }
}

extension OpenPGPError {
    /// An error code of libgpg-error, or one of ours in the range that it reserves for users.
    ///
    /// - SeeAlso: [libgpg-error](https://www.gnupg.org/documentation/manuals/gpgrt.pdf)
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code without its error source.
        public let rawValue: UInt32
        /// Makes a code from the number that `gpg_err_code` returns.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// `GPG_ERR_PUBKEY_ALGO`.
        public static let publicKeyAlgorithm = Self(rawValue: 4)
        /// `GPG_ERR_BAD_PUBKEY`.
        public static let badPublicKey = Self(rawValue: 6)
        /// `GPG_ERR_CHECKSUM`.
        public static let checksum = Self(rawValue: 10)
        /// `GPG_ERR_BAD_PASSPHRASE`.
        public static let badPassphrase = Self(rawValue: 11)
        /// `GPG_ERR_CIPHER_ALGO`.
        public static let cipherAlgorithm = Self(rawValue: 12)
        /// `GPG_ERR_NO_SECKEY`: gpg also reports it if the agent or the key file is missing.
        public static let noSecretKey = Self(rawValue: 17)
        /// `GPG_ERR_WRONG_SECKEY`.
        public static let wrongSecretKey = Self(rawValue: 18)
        /// `GPG_ERR_TIME_CONFLICT`: the list's key is younger than our clock says.
        public static let timeConflict = Self(rawValue: 39)
        /// `GPG_ERR_UNUSABLE_PUBKEY`.
        public static let unusablePublicKey = Self(rawValue: 53)
        /// `GPG_ERR_INV_VALUE`.
        public static let invalidValue = Self(rawValue: 55)
        /// `GPG_ERR_NO_DATA`.
        public static let noData = Self(rawValue: 58)
        /// `GPG_ERR_INV_OBJ`: gpg also reports it for a point that is not on the curve.
        public static let invalidObject = Self(rawValue: 65)
        /// `GPG_ERR_INV_DATA`: gpg also reports it if a point multiplication gives infinity.
        public static let invalidData = Self(rawValue: 79)
        /// `GPG_ERR_NO_AGENT`.
        public static let noAgent = Self(rawValue: 77)
        /// `GPG_ERR_AGENT`.
        public static let agent = Self(rawValue: 78)
        /// `GPG_ERR_NO_PIN_ENTRY`: the key asks for a passphrase.
        public static let noPinEntry = Self(rawValue: 85)
        /// `GPG_ERR_BAD_DATA`.
        public static let badData = Self(rawValue: 89)
        /// `GPG_ERR_CANCELED`.
        public static let canceled = Self(rawValue: 99)
        /// `GPG_ERR_DECRYPT_FAILED`.
        public static let decryptFailed = Self(rawValue: 152)
        /// `GPG_ERR_MISSING_KEY`: the key file is truncated.
        public static let missingKey = Self(rawValue: 181)
        /// `GPG_ERR_EOF`: the agent ended.
        public static let endOfFile = Self(rawValue: 16_383)

        /// GPGME is older than this code requires.
        public static let libraryTooOld = own(1)
        /// A program that we need is not installed.
        public static let engineMissing = own(2)
        /// gpg is older than this code requires.
        public static let engineTooOld = own(3)
        /// gpg was killed, or ended without an exit status.
        public static let engineEnded = own(4)
        /// gpg reported success, but its results contradict that.
        public static let engineInconsistent = own(5)
        /// A directory belongs to another user, or other users may access it.
        public static let unsafeDirectory = own(6)
        /// The directory for a new home is not empty.
        public static let homeExists = own(7)
        /// The path of a home is too long for the names of its sockets.
        public static let pathTooLong = own(8)
        /// A user id is empty, too long, or has control characters.
        public static let badUserID = own(9)
        /// There is not exactly one secret key with its public part.
        public static let notOneSecretKey = own(10)
        /// The secret key is protected by a passphrase.
        public static let passphraseProtected = own(11)
        /// The key cannot sign and decrypt now.
        public static let unusableKey = own(12)
        /// A sealed post is not what its list sealed.
        public static let forgery = own(13)
        /// The output exceeds its limit.
        public static let outputTooLarge = own(14)
        /// An RSA key does not have 2048 to 8192 bits.
        public static let badKeySize = own(15)
        /// A test message of ours does not open, or its signature is not good.
        public static let selfTestFailed = own(16)

        // GPG_ERR_USER_1 is 1024; there are sixteen such codes.
        private static func own(_ number: UInt32) -> Self { Self(rawValue: 1023 + number) }

        /// Whether the code is an error of the operating system, such as no memory or no space.
        public var isSystemError: Bool { rawValue & 0x8000 != 0 }

        /// Whether the fault is in the public key to which gpg should have encrypted.
        var isOfPublicKey: Bool {
            switch self {
            case .publicKeyAlgorithm, .badPublicKey, .unusablePublicKey, .invalidValue,
                .invalidObject, .invalidData, .unusableKey:
                true
            default: false
            }
        }

        /// The reason in words; a code of libgpg-error also with its number.
        public var description: String {
            if let words = Self.words[self] { return words }
            if isSystemError {
                let number = gpgme_err_code_to_errno(gpgme_err_code_t(rawValue))
                if [ENOSPC, EDQUOT, EROFS].contains(number) {
                    return PlainWords.of(code: number, path: nil)
                }
            }
            var buffer = [CChar](repeating: 0, count: 128)
            unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                _ = unsafe gpgme_strerror_r(rawValue, buffer.baseAddress, buffer.count)
            }
            let text = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            return "\(String(decoding: text, as: UTF8.self)) (gpg-error \(rawValue))"
        }

        private static let words: [Self: String] = [
            .libraryTooOld: "libgpgme is older than \(GPGMELibrary.requiredVersion)",
            .engineMissing: "gpg, gpgconf, timeout or prlimit is not installed",
            .engineTooOld: "gpg is older than \(Engine.requiredVersion)",
            .engineEnded: "gpg was killed or crashed",
            .engineInconsistent: "gpg reported success, and its results say otherwise",
            .unsafeDirectory: "a directory is not ours alone; chown it and chmod 700",
            .homeExists: "there are files in the directory already",
            .pathTooLong: "the path of the GnuPG home leaves no room for a socket's name; "
                + "choose a shorter state directory, its homes may have \(GnuPGHome.maximumPath) octets",
            .badUserID: "a user id is empty, too long, or has control characters",
            .notOneSecretKey: "there must be exactly one secret key with its public part",
            .passphraseProtected: "the key is protected by a passphrase; "
                + "remove it with 'gpg --change-passphrase' before the export",
            .unusableKey: "the key cannot sign and decrypt: "
                + "it is expired, revoked, weak, or a part of it is missing",
            .timeConflict: "gpg does not use the list's own key: the host's clock is behind the "
                + "time at which the key was made, or the keyring is damaged",
            .forgery: "the sealed post was not signed by its list",
            .outputTooLarge: "the output is longer than it may be",
            .badKeySize: "an RSA key has 2048 to 8192 bits",
            .selfTestFailed: "gpg, the list's key or a file of its GnuPG home is damaged",
        ]
    }

    /// Makes an error from an errno value of the operating system.
    static func system(_ number: Int32, _ operation: Operation) -> Self {
        Self(Code(rawValue: gpgme_err_code_from_errno(number).rawValue), operation)
    }
}
