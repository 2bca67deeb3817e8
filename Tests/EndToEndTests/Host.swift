import Foundation
import Testing

/// A private Postfix with Listseal beside it, in a scratch directory.
///
/// The same script makes it that `postfix/quickstart` uses. Everybody at
/// people.test has a maildir; the lists are at lists.test.
final class Host {
    let scratch: String
    let port: Int
    private(set) var daemon: Process?
    private var isPostfixRunning = false

    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path(percentEncoded: false)
    static let program = Bundle.main.executableURL?
        .deletingLastPathComponent().appending(path: "listseal").path(percentEncoded: false)

    var config: String { scratch + "/etc" }
    var state: String { scratch + "/state" }
    var mail: String { scratch + "/mail" }

    /// Makes the instance; `adjust` may change main.cf before set-up.
    init(extraMainCf: [String] = [], extraMasterCf: [String] = []) throws {
        let made = try Shell.run(
            "bash",
            [
                "-ec",
                """
                cd "$0"; . postfix/private-instance
                scratch=$(mktemp -d /tmp/listseal.XXXXXX); chmod 755 "$scratch"
                port=$(free_port); make_private_instance "$scratch" "$port"
                printf '%s %s' "$scratch" "$port"
                """, Self.repository,
            ]
        )
        let words = made.output.split(separator: " ")
        try #require(made.status == 0 && words.count == 2, "no private Postfix: \(made.error)")
        scratch = String(words[0])
        port = try #require(Int(words[1]))
        try append(extraMainCf, to: config + "/main.cf")
        try append(extraMasterCf, to: config + "/master.cf")
    }

    /// Ends everything and removes the scratch directory.
    func tearDown() {
        stopDaemon()
        stopPostfix()
        for folder in [state + "/keys", scratch + "/people"] {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                _ = try? Shell.run("gpgconf", ["--homedir", "\(folder)/\(name)", "--kill", "all"])
            }
        }
        try? FileManager.default.removeItem(atPath: scratch)
    }

    // MARK: Processes

    /// Attaches Listseal, and starts Postfix and the daemon.
    func start() throws {
        try listseal(["postfix", "setup", "--config-directory", config])
        try startPostfix()
        try startDaemon()
    }

    /// Postfix's programs wait until main.cf is two seconds old; tests need not.
    private func cool() throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -10)],
            ofItemAtPath: config + "/main.cf"
        )
    }

    func startPostfix() throws {
        try cool()
        let result = try Shell.run("postfix", ["-c", config, "start"])
        try #require(result.status == 0, "Postfix does not start: \(result.error)")
        isPostfixRunning = true
        try wait("Postfix") {
            try Shell.run("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"]).status == 0
        }
    }

    /// Changes a parameter of the running Postfix.
    func setParameter(_ name: String, _ value: String) throws {
        try Shell.run("postconf", ["-c", config, "-e", "\(name)=\(value)"])
        try cool()
        try Shell.run("postfix", ["-c", config, "reload"])
        Thread.sleep(forTimeInterval: 1)
    }

    func stopPostfix() {
        guard isPostfixRunning else { return }
        _ = try? Shell.run("postfix", ["-c", config, "stop"])
        isPostfixRunning = false
    }

    func startDaemon(
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        listeningAt sockets: [String] = ["milter.sock", "gate.sock"]
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.program))
        process.arguments = ["serve", "--state", state, "--log-level", "debug"] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["TMPDIR": try temporary()]) { $1 }.merging(environment) { $1 }
        let log = scratch + "/serve.log"
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: log))
        try handle.seekToEnd()
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        daemon = process
        try wait("the daemon's sockets") {
            !process.isRunning || sockets.allSatisfy(isListening)
        }
        try #require(process.isRunning, "the daemon ended: \(daemonLog)")
    }

    /// Where programs put what is temporary, which is looked through for plaintext.
    private func temporary() throws -> String {
        let path = scratch + "/tmp"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    func stopDaemon() {
        guard let daemon, daemon.isRunning else { return }
        daemon.terminate()
        daemon.waitUntilExit()
        self.daemon = nil
    }

    func killDaemon() {
        guard let daemon else { return }
        kill(daemon.processIdentifier, SIGKILL)
        daemon.waitUntilExit()
        self.daemon = nil
    }

    private func isListening(_ name: String) -> Bool {
        (try? Shell.run(
            "python3",
            [
                "-c",
                "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])",
                "\(scratch)/queue/listseal/\(name)",
            ]
        ).status) == 0
    }

    // MARK: Commands

    @discardableResult
    func listseal(_ arguments: [String], expecting status: Int32? = 0) throws -> Shell.Result {
        let result = try Shell.run(
            try #require(Self.program),
            arguments,
            environment: ["LISTSEAL_STATE": state, "TMPDIR": try temporary()]
        )
        if let status {
            try #require(
                result.status == status,
                "listseal \(arguments): \(result.status) \(result.output)\(result.error)"
            )
        }
        return result
    }

    /// Changes the store behind the daemon's back: lets time go by, say.
    func sql(_ statement: String) throws {
        let result = try Shell.run(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1], timeout=20)
                db.execute(sys.argv[2])
                db.commit()
                """, state + "/listseal.sqlite", statement,
            ]
        )
        try #require(result.status == 0, "\(result.error)")
    }

    // MARK: What happened

    var daemonLog: String {
        (try? String(contentsOfFile: scratch + "/serve.log", encoding: .utf8)) ?? ""
    }

    var mailLog: String {
        (try? String(contentsOfFile: scratch + "/log/mail.log", encoding: .utf8)) ?? ""
    }

    /// The messages in somebody's maildir, oldest first.
    func inbox(_ address: String) -> [[UInt8]] {
        let folder = "\(mail)/\(address)/new"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap {
            FileManager.default.contents(atPath: "\(folder)/\($0)").map(Array.init)
        }
    }

    /// Waits until somebody has at least so many messages.
    @discardableResult
    func waitForMail(_ address: String, count: Int = 1) throws -> [[UInt8]] {
        try wait("\(count) messages for \(address)") { inbox(address).count >= count }
        return inbox(address)
    }

    /// Waits until nothing is owed any more and Postfix's queue is empty.
    func waitUntilQuiet() throws {
        // Each look is a run of two programs, which the copies wait for.
        try wait("empty queues", every: 0.5) {
            try listseal(["queue", "show", "--json"]).output == "[]\n"
                && Shell.run("postqueue", ["-c", config, "-j"]).output.isEmpty
        }
    }

    func wait(
        _ what: String,
        seconds: Int = 60,
        every pause: TimeInterval = 0.1,
        until condition: () throws -> Bool
    ) throws {
        for _ in 0..<Int(Double(seconds) / pause) {
            if try condition() { return }
            Thread.sleep(forTimeInterval: pause)
        }
        Issue.record(
            "\(what) did not come within \(seconds) s\n\(daemonLog.suffix(3000))\n\(mailLog.suffix(3000))"
        )
        throw TimeOut(what: what)
    }

    struct TimeOut: Error { let what: String }

    private func append(_ lines: [String], to path: String) throws {
        guard !lines.isEmpty else { return }
        let old = try String(contentsOfFile: path, encoding: .utf8)
        try (old + lines.joined(separator: "\n") + "\n").write(
            toFile: path,
            atomically: true,
            encoding: .utf8
        )
    }
}
