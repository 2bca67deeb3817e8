import Foundation
import Testing

/// Crafted messages, encrypted to a list, through `listseal explain`.
@Suite(.serialized)
struct CorpusTests {
    private static let insides: [(file: String, refusal: String)] = [
        // A good encrypted text, which nobody signed.
        ("00-good", "unsigned"),
        // E1, E2: integrity that is missing, damaged or cut off.
        ("01-sed-nomdc", "notDecryptable"), ("02-seipd-mdc-missing", "notDecryptable"),
        ("03-seipd-tampered", "notDecryptable"), ("04-seipd-truncated", "notDecryptable"),
        // E4: more than one text, before, behind or inside.
        ("05-two-literals-inside", "malformedInside"),
        ("06-literal-before-encrypted", "notDecryptable"),
        ("07-literal-after-encrypted", "notDecryptable"),
        ("08-two-encrypted-messages", "notDecryptable"),
        // E6: encryption inside encryption.
        ("09-nested-encryption", "malformedInside"),
        ("10-nested-inner-sed", "malformedInside"),
        ("10b-outer-sed-inner-seipd", "notDecryptable"),
        // J4: a file name that would be a status line.
        ("11-literal-filename-inject", "unsigned"), ("12-literal-name-console", "unsigned"),
        ("13-literal-mode-m", "malformedInside"),
        // E5: "encrypted", and not.
        ("14-literal-only-no-encryption", "notDecryptable"),
        ("15-compressed-literal-only", "notDecryptable"),
        // Bombs and what is compressed without end.
        ("16-compress-nest31", "malformedInside"), ("17-compress-nest41", "malformedInside"),
        ("18-bomb200M", "malformedInside"), ("19-bomb200M-double", "malformedInside"),
        ("20-bomb400M-bz2", "malformedInside"),
        // Packets that have no business there.
        ("21-marker-padding", "notDecryptable"), ("22-padding21", "malformedInside"),
        ("23-unknown-critical-39", "malformedInside"), ("24-empty", "notDecryptable"),
        ("25-garbage", "notDecryptable"), ("26-empty-literal", "unsigned"),
        ("27-encrypted-empty", "malformedInside"),
        ("28-signature-only-inside", "malformedInside"),
    ]

    private static let floods = [
        "pkesk-foreign-100", "pkesk-foreign-1000", "pkesk-hidden-10", "pkesk-hidden-100",
        "pkesk-hidden-1000", "pkesk-listkid-100", "pkesk-listkid-1000", "skesk-1", "skesk-20",
        "skesk-only", "sym-wrong",
    ]

    @Test("what is inside an encrypted part is refused for what it is, without a word of it")
    func encrypted() throws {
        let bench = try CorpusBench()
        for (file, refusal) in Self.insides {
            let answer = try bench.explain(bench.encrypted(try bench.armored("\(file).pgp")))
            #expect(answer["refusal"] as? String == refusal, "\(file)")
            let reply = try #require(answer["reply"] as? [String: Any])
            // W10: one text and one code for all that depends on decryption.
            #expect(reply["code"] as? Int == 550)
            #expect(reply["enhanced"] as? String == "5.7.1")
            #expect(reply["text"] as? String == CorpusBench.uniformText)
            #expect(!bench.lastOutput.contains("SECRET"), "\(file)")
        }
    }

    @Test("floods of recipients and passphrases do not reach gpg")
    func floods() throws {
        let bench = try CorpusBench()
        for file in Self.floods {
            let answer = try bench.explain(bench.encrypted(try bench.armored("\(file).gpg")))
            #expect(answer["refusal"] as? String == "notDecryptable", "\(file)")
            let found = answer["encryption"] as? String
            #expect(found?.hasPrefix("failed: packets outside") == true, "\(file)")
        }
    }
}

extension CorpusTests {
    @Test("a signature over something that is no MIME entity is no post")
    func signedThing() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nSECRET words\r\n"
        let good = try bench.explain(bench.encrypted(try bench.signed(entity)))
        #expect(good["verdict"] as? String == "accept")
        #expect(!bench.lastOutput.contains("SECRET"))
        for thing in ["\r\nSECRET", "SECRET", "tree 4b825dc\nauthor A <a@b> 1\n\nSECRET\n"] {
            let answer = try bench.explain(bench.encrypted(try bench.signed(thing)))
            #expect(answer["refusal"] as? String == "malformedInside", "\(bench.lastOutput)")
        }
    }

    @Test("BZip2 hides nothing: a signature inside it is not believed")
    func bzip2() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nwords\r\n"
        for (algorithm, refusal) in [("zlib", nil), ("zip", nil), ("bzip2", "malformedInside")] {
            let post = try bench.signed(entity, options: ["--compress-algo", algorithm])
            let answer = try bench.explain(bench.encrypted(post))
            #expect(answer["refusal"] as? String == refusal, "\(algorithm)")
        }
    }

    @Test("a post of one list is not a post of another, whoever encrypts it anew")
    func otherList() throws {
        let bench = try CorpusBench()
        for (recipient, verdict) in [("list@example.org", "accept"), ("b@example.org", "refuse")] {
            let entity =
                "Content-Type: text/plain; protected-headers=\"v1\"\r\nTo: \(recipient)\r\n"
                + "\r\nwords\r\n"
            let answer = try bench.explain(bench.encrypted(try bench.signed(entity)))
            #expect(answer["verdict"] as? String == verdict)
            #expect(verdict == "accept" || answer["refusal"] as? String == "addressedElsewhere")
        }
    }

    @Test("who signs is not who wrote if From says so, and a stranger is nobody")
    func strangers() throws {
        let bench = try CorpusBench()
        let entity = "Content-Type: text/plain\r\n\r\nwords\r\n"
        let foreign = try bench.signed(entity, by: ["bob@outside.example"])
        let asAlice = try bench.explain(bench.encrypted(foreign))
        #expect(asAlice["verdict"] as? String == "refuse")
        let asBob = try bench.explain(bench.encrypted(foreign, from: "bob@outside.example"))
        #expect(asBob["refusal"] as? String == "notSubscribed")
        // A good one of hers does not make another's beside it good.
        let both = try bench.signed(entity, by: ["alice@example.org", "bob@outside.example"])
        #expect(try bench.explain(bench.encrypted(both))["verdict"] as? String == "refuse")
    }
}

/// A state directory with a list whose key the crafted messages are encrypted to.
private final class CorpusBench {
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

    /// A PGP/MIME message from a subscriber around an armored text.
    func encrypted(_ armored: String, from author: String = "alice@example.org") -> [UInt8] {
        let lines = [
            "From: \(author)", "To: list@example.org", "Subject: [...]",
            "Date: \(Self.date)", "Message-ID: <\(UUID().uuidString)@example.org>",
            "MIME-Version: 1.0", "Content-Type: multipart/encrypted; boundary=\"b\";",
            " protocol=\"application/pgp-encrypted\"", "", "--b",
            "Content-Type: application/pgp-encrypted", "", "Version: 1", "", "--b",
            "Content-Type: application/octet-stream", "", armored + "--b--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static var date: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date())
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
