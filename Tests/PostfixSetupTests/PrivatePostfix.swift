import Foundation
import SMTP
import Synchronization
import Testing

@testable import PostfixSetup

/// A private Postfix instance with its configuration, queue, data and state in /tmp.
///
/// Without Postfix on the host every test that uses it fails.
final class PrivatePostfix: Sendable {
    private static let ports = Atomic<Int>(20_000 + Int(getpid() % 2_000) * 10)

    let root: String
    let port: Int
    /// The user that the daemon would run as; root would make tests of ownership void.
    let user = "nobody"

    var directory: String { root + "/etc" }
    var queue: String { root + "/q" }
    var state: String { root + "/state" }
    var mailLog: String { (try? String(contentsOfFile: root + "/log", encoding: .utf8)) ?? "" }
    var installation: PostfixInstallation? { get throws { try .load(state: state) } }

    /// Appends lines to a small main.cf, with `{root}` replaced by the root directory.
    init(
        main: String = "",
        master: (PrivatePostfix) -> String = { $0.minimalMaster }
    ) throws {
        // Short: a socket's path has 108 octets.
        root = "/tmp/lsp-" + UUID().uuidString.prefix(8).lowercased()
        port = Self.ports.add(1, ordering: .relaxed).newValue
        for name in ["etc", "q", "d"] {
            try FileManager.default.createDirectory(
                atPath: root + "/" + name,
                withIntermediateDirectories: true
            )
        }
        try FileManager.default.setAttributes(
            [.ownerAccountName: "postfix"],
            ofItemAtPath: root + "/d"
        )
        try write("main.cf", base + main.replacing("{root}", with: root))
        try write("master.cf", master(self))
    }

    deinit {
        _ = try? ExternalProgram("postfix").run(["-c", directory, "stop"])
        try? FileManager.default.removeItem(atPath: root)
    }

    var setup: PostfixSetup {
        get throws { try PostfixSetup(configDirectory: directory, state: state, user: user) }
    }

    @discardableResult
    func attach(_ lists: String...) throws -> PostfixPlan {
        let setup = try setup
        let plan = try setup.plan(addresses: .of(lists))
        try setup.apply(plan)
        try cool()
        return plan
    }

    func check(_ lists: String...) throws -> [Finding] {
        try setup.check(addresses: .of(lists))
    }

    func read(_ file: String) throws -> String {
        try String(contentsOfFile: directory + "/" + file, encoding: .utf8)
    }

    func write(_ file: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: directory + "/" + file))
        if file == "main.cf" { try cool() }
    }

    /// Gives main.cf an old time, because Postfix waits until it is a second old.
    private func cool() throws { try PostfixInstance(directory: directory).cool() }

    func postconf(_ arguments: String...) throws -> String {
        defer { if arguments.first == "-e" { try? cool() } }
        return try ExternalProgram("postconf").output(["-c", directory] + arguments)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func start() throws {
        try ExternalProgram("postfix").output(["-c", directory, "start"])
    }

    /// Sends SMTP commands to the instance like a remote server.
    func swaks(to recipient: String, _ arguments: String...) throws -> ExternalProgram.Result {
        try ExternalProgram("swaks").run(
            [
                "--server", "127.0.0.1", "--port", "\(port)", "--from", "bart@remote.example",
                "--to", recipient, "--xclient", "ADDR=192.0.2.7 NAME=mail.remote.example",
            ] + arguments
        )
    }

    /// Waits until a condition is true, at most half a minute.
    func wait(until isSo: () throws -> Bool) throws -> Bool {
        for _ in 0..<300 {
            if try isSo() { return true }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return false
    }

    /// The queue as `postqueue -j` prints it, a line for each message.
    var queued: [String] {
        get throws {
            try ExternalProgram("postqueue").output(["-c", directory, "-j"])
                .split(separator: "\n").map(String.init)
        }
    }

    var minimalMaster: String {
        """
        smtp      inet  n       -       y       -       -       smtpd
        pickup    unix  n       -       y       60      1       pickup
        cleanup   unix  n       -       y       -       0       cleanup
        qmgr      unix  n       -       n       300     1       qmgr

        """
    }

    private var base: String {
        """
        # A private instance
        compatibility_level = 3.6
        queue_directory = \(queue)
        data_directory = \(root)/d
        myhostname = mx.site.example
        mydestination = $myhostname, local.example

        """
    }
}

extension ListedAddresses {
    static func of(_ lists: [String]) -> Self {
        Self(lists: lists.compactMap { EmailAddress($0) })
    }
}
