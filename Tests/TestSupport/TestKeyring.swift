import Foundation
public import OpenPGP

/// Somebody with a key and real gpg, in a home that goes with the value.
///
/// What gpg says is the measure of what Listseal says.
public final class TestKeyring: Sendable {
    /// Kinds of keys; all but RSA are made within a tenth of a second.
    public enum Algorithm: Sendable, Hashable, CaseIterable {
        /// Ed25519 and Curve25519.
        case curve25519
        /// RSA with 2048 bits.
        case rsa2048
        /// RSA with 4096 bits.
        case rsa4096
        /// RSA with 1024 bits, which is too weak.
        case rsa1024
        /// ECDSA and ECDH on NIST P-256.
        case nistP256
        /// ECDSA and ECDH on NIST P-384.
        case nistP384
        /// ECDSA and ECDH on NIST P-521.
        case nistP521
        /// ECDSA and ECDH on brainpoolP256r1.
        case brainpoolP256
        /// ECDSA and ECDH on secp256k1.
        case secp256k1
        /// RSA to sign, ElGamal to encrypt.
        case elgamal
        /// A key that can only sign.
        case signOnly

        fileprivate var names: (primary: String, subkey: String?) {
            switch self {
            case .curve25519: ("ed25519", "cv25519")
            case .rsa2048: ("rsa2048", "rsa2048")
            case .rsa4096: ("rsa4096", "rsa4096")
            case .rsa1024: ("rsa1024", "rsa1024")
            case .nistP256: ("nistp256", "nistp256")
            case .nistP384: ("nistp384", "nistp384")
            case .nistP521: ("nistp521", "nistp521")
            case .brainpoolP256: ("brainpoolP256r1", "brainpoolP256r1")
            case .secp256k1: ("secp256k1", "secp256k1")
            case .elgamal: ("rsa2048", "elg2048")
            case .signOnly: ("ed25519", nil)
            }
        }
    }

    /// What gpg says of a message: the text, and its status lines without prefix.
    public struct Opened: Sendable {
        /// gpg's exit status.
        public let exit: Int32
        /// What it wrote.
        public let plaintext: [UInt8]
        /// `GOODSIG …`, `DECRYPTION_OKAY` and so on.
        public let status: [String]

        /// Whether a status line has this keyword.
        public func has(_ keyword: String) -> Bool {
            status.contains { $0 == keyword || $0.hasPrefix(keyword + " ") }
        }
    }

    /// The GnuPG home.
    public var home: String { directory.path }
    /// Forty hexadecimal digits; empty in a home without a key.
    public let fingerprint: String
    /// The address in her user id.
    public let address: String

    private let directory: TemporaryDirectory
    private let loan: KeyCabinet.Loan?

    /// Makes a key, or takes one that was made so before and is not in use.
    ///
    /// - Parameters:
    ///   - name: the local part of her address at people.test.
    ///   - algorithm: what kind of key.
    ///   - expires: as gpg writes it: `never`, `1d`, `seconds=2`.
    ///   - passphrase: empty for none.
    ///   - options: more of gpg's, such as `--cert-digest-algo SHA1` or
    ///     `--faked-system-time 20200101T000000!`; without the mark time goes on, and what
    ///     is made second can be older than what was made first.
    /// - Throws: what gpg says, if it fails.
    public init(
        _ name: String,
        algorithm: Algorithm = .curve25519,
        expires: String = "never",
        passphrase: String = "",
        options: [String] = []
    ) throws {
        directory = try TemporaryDirectory()
        address = "\(name)@people.test"
        let (name, path) = (name, directory.path)
        func make(_ home: String) throws -> String {
            try Self.make(name, algorithm, expires, passphrase, options, in: home)
        }
        // What ends, ends so long after it was made.
        guard expires == "never" else {
            loan = nil
            fingerprint = try make(path)
            return
        }
        let kind = ([name, "\(algorithm)", passphrase] + options).joined(separator: " ")
        let loan = try KeyCabinet.shared.take(kind, into: path, make: make)
        self.loan = loan
        fingerprint = loan.note
    }

    private static func make(
        _ name: String,
        _ algorithm: Algorithm,
        _ expires: String,
        _ passphrase: String,
        _ options: [String],
        in home: String
    ) throws -> String {
        // With a faked time the second command begins where the first began.
        let common =
            ["--passphrase", passphrase, "--pinentry-mode", "loopback", "--ignore-time-conflict"]
            + options
        let gpg = Self.gpg(home)
        let made = try TestProgram.output(
            gpg + ["--status-fd", "1"] + common + [
                "--quick-generate-key", "\(name) <\(name)@people.test>", algorithm.names.primary,
                "cert,sign", expires,
            ]
        )
        let lines = String(decoding: made, as: UTF8.self).split(separator: "\n")
        let fingerprint =
            lines.first { $0.contains("KEY_CREATED") }?.split(separator: " ").last
            .map(String.init) ?? ""
        if let subkey = algorithm.names.subkey {
            try TestProgram.output(
                gpg + common + ["--quick-add-key", fingerprint, subkey, "encrypt", expires]
            )
        }
        return fingerprint
    }

    /// A home with keys from elsewhere, secret ones too.
    public init(importing keys: [UInt8]) throws {
        directory = try TemporaryDirectory()
        address = ""
        fingerprint = ""
        loan = nil
        try gpg(["--allow-weak-key-signatures", "--import"], input: keys)
    }

    deinit {
        _ = try? TestProgram.run(["gpgconf", "--homedir", directory.path, "--kill", "all"])
        if let loan { KeyCabinet.shared.giveBack(loan) }
    }

    private static func gpg(_ home: String) -> [String] {
        [
            "gpg", "--homedir", home, "--batch", "--yes", "--quiet", "--no-tty",
            "--no-auto-key-locate", "--disable-dirmngr",
        ]
    }

    /// Runs gpg in the home and throws unless it succeeds.
    @discardableResult
    public func gpg(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        try TestProgram.output(Self.gpg(home) + arguments, input: input)
    }

    /// Her public key, binary or armored.
    public func publicKey(armored: Bool = false) throws -> [UInt8] {
        try gpg((armored ? ["--armor"] : []) + ["--export", fingerprint])
    }

    /// Puts other public keys in place of the ring, as they are.
    ///
    /// No import looks at them. The secret keys stay; gpg finds them by their
    /// numbers.
    public func replacePublicKeys(_ keys: [UInt8]) throws {
        _ = try directory.write(keys, to: "pubring.gpg")
        let box = directory.file("pubring.kbx")
        if FileManager.default.fileExists(atPath: box) {
            try FileManager.default.removeItem(atPath: box)
        }
    }

    /// The session key of a message to her, as gpg shows it.
    public func sessionKey(of message: [UInt8]) throws -> SessionKey? {
        let gpg = Self.gpg(directory.path)
        let run = try TestProgram.run(gpg + ["--show-session-key", "--decrypt"], input: message)
        return run.errors.split(separator: "'").dropFirst().first
            .flatMap { SessionKey(gnupg: String($0)) }
    }

    /// Her secret key.
    public func secretKey(passphrase: String = "") throws -> [UInt8] {
        try gpg([
            "--pinentry-mode", "loopback", "--passphrase", passphrase, "--export-secret-keys",
            fingerprint,
        ])
    }

    /// Takes a public key into her ring.
    public func learn(_ publicKey: [UInt8]) throws {
        try gpg(["--import"], input: publicKey)
    }

    /// Encrypts, binary; with `signed` the signature is inside (RFC 3156 §6.2).
    public func encrypt(
        _ plaintext: [UInt8],
        to recipients: [String],
        signed: Bool = true,
        options: [String] = []
    ) throws -> [UInt8] {
        try gpg(
            ["--trust-model", "always"] + options + recipients.flatMap { ["--recipient", $0] }
                + (signed ? ["--sign"] : [])
                + ["--encrypt"],
            input: plaintext
        )
    }

    /// Signs, binary: a whole message, or a detached signature.
    public func sign(
        _ content: [UInt8],
        detached: Bool,
        options: [String] = []
    ) throws -> [UInt8] {
        try gpg(options + [detached ? "--detach-sign" : "--sign"], input: content)
    }

    /// Decrypts and verifies, and never throws for what gpg finds.
    public func open(_ message: [UInt8]) throws -> Opened {
        let scratch = try TemporaryDirectory()
        let result = try TestProgram.run(
            Self.gpg(home) + ["--trust-model", "always"]
                + ["--status-file", scratch.file("status"), "--decrypt"],
            input: message
        )
        let status = try String(contentsOfFile: scratch.file("status"), encoding: .utf8)
        return Opened(
            exit: result.status,
            plaintext: result.output,
            status: status.split(separator: "\n").map {
                String($0.dropFirst("[GNUPG:] ".count))
            }
        )
    }
}
