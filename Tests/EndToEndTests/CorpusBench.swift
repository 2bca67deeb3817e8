import Foundation
import Testing

/// A state directory with a list whose key the crafted messages are encrypted to.
final class CorpusBench {
    static let uniformText = "Posts must be encrypted to the list and signed by a subscriber's key"
    private static let resources = Host.repository + "Tests/OpenPGPTests/Resources/"

    private let scratch: String
    private let home: String
    private var gpg: GnuPG { GnuPG(home: home) }
    private(set) var lastOutput = ""

    init() throws {
        let made = try Shell.run("mktemp", ["-d", "/tmp/listseal.XXXXXX"])
        scratch = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        home = scratch + "/people"
        try FileManager.default.createDirectory(
            atPath: home,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try gpg.run(["--import", Self.resources + "keys/lab-secret-keys.asc"])
        try gpg.run(["--output", scratch + "/list.sec", "--export-secret-keys", "list@example.org"])
        try gpg.run(["--output", scratch + "/alice.pub", "--export", "alice@example.org"])
        let list = "list@example.org"
        try listseal([
            "list", "create", list, "--owner", "alice@example.org", "--owner-key",
            scratch + "/alice.pub", "--secret-key", scratch + "/list.sec",
        ])
        try listseal([
            "subscriber", "add", list, "alice@example.org", "--key", scratch + "/alice.pub",
        ])
    }

    deinit {
        for folder in [home, scratch + "/state/keys/1"] {
            _ = try? Shell.run("gpgconf", ["--homedir", folder, "--kill", "all"])
        }
        try? FileManager.default.removeItem(atPath: scratch)
    }

    /// What a door would answer to a message.
    func explain(_ message: [UInt8]) throws -> [String: Any] {
        let file = scratch + "/message.eml"
        try Data(message).write(to: URL(filePath: file))
        let result = try listseal(["explain", "list@example.org", file, "--json"])
        lastOutput = result.output + result.error
        let object = try JSONSerialization.jsonObject(with: result.data)
        return try #require(object as? [String: Any], "\(lastOutput)")
    }

    /// A file of the corpus in armor, whatever it is.
    func armored(_ name: String) throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: Self.resources + "openpgp/" + name))
        let base64 = bytes.base64EncodedString(options: [.lineLength64Characters])
        return "-----BEGIN PGP MESSAGE-----\r\n\r\n\(base64)\r\n-----END PGP MESSAGE-----\r\n"
    }

    /// Octets that were signed, and encrypted to the list, in armor.
    func signed(
        _ text: String,
        by signers: [String] = ["alice@example.org"],
        options: [String] = []
    ) throws -> String {
        try gpg.run(
            options + [
                "--trust-model", "always", "--armor", "--recipient", "list@example.org", "--sign",
            ]
                + signers.flatMap { ["--local-user", $0] } + ["--encrypt"],
            input: Array(text.utf8)
        ).output.replacing("\n", with: "\r\n")
    }

    /// Octets that were encrypted to the list, in armor.
    func encryptedOnly(_ text: String) throws -> String {
        try gpg.run(
            ["--trust-model", "always", "--armor", "--recipient", "list@example.org", "--encrypt"],
            input: Array(text.utf8)
        ).output.replacing("\n", with: "\r\n")
    }

    /// A detached signature of hers, in armor.
    func signature(over text: String) throws -> String {
        try gpg.run(
            ["--armor", "--local-user", "alice@example.org", "--detach-sign"],
            input: Array(text.utf8)
        ).output.replacing("\n", with: "\r\n")
    }

    /// Changes a setting of the list.
    func set(_ name: String, _ value: String) throws {
        let result = try listseal(["list", "set", "list@example.org", name, value])
        try #require(result.status == 0, "\(result.error)")
    }

    /// A message from a subscriber with a body of any kind.
    func message(
        _ contentType: String,
        _ body: String,
        from author: String = "alice@example.org"
    ) -> [UInt8] {
        let lines = [
            "From: \(author)", "To: list@example.org", "Subject: [...]",
            "Date: \(Self.date())", "Message-ID: <\(UUID().uuidString)@example.org>",
            "MIME-Version: 1.0", "Content-Type: \(contentType)", "", body,
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// A PGP/MIME message from a subscriber around an armored text.
    func encrypted(_ armored: String, from author: String = "alice@example.org") -> [UInt8] {
        let lines = [
            "From: \(author)", "To: list@example.org", "Subject: [...]",
            "Date: \(Self.date())", "Message-ID: <\(UUID().uuidString)@example.org>",
            "MIME-Version: 1.0", "Content-Type: multipart/encrypted; boundary=\"b\";",
            " protocol=\"application/pgp-encrypted\"", "", "--b",
            "Content-Type: application/pgp-encrypted", "", "Version: 1", "", "--b",
            "Content-Type: application/octet-stream", "", armored + "--b--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Date as a mail program writes it, so many seconds from now.
    static func date(in seconds: TimeInterval = 0) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date(timeIntervalSinceNow: seconds))
    }

    @discardableResult
    private func listseal(_ arguments: [String]) throws -> Shell.Result {
        try Shell.run(
            try #require(Host.program),
            arguments,
            environment: ["LISTSEAL_STATE": scratch + "/state"]
        )
    }
}
