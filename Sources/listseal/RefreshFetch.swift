import ArgumentParser
import Foundation
import OpenPGP
import SMTP

/// The command `listseal refresh fetch`.
struct RefreshFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Ask the network for keys, and write them to files named 'FINGERPRINT.asc'.",
        discussion: """
            Reads lines 'FINGERPRINT ADDRESS' and nothing else. Run it as a user who may read \
            nothing of Listseal's. A key that is not found, or that is another \
            one, leaves no file.
            """
    )

    @Argument(help: "The folder; it is made if it is not there.")
    var folder: String
    @Option(help: "The file with those lines; standard input, if this is not given.")
    var wanted: String?
    @Flag(help: "Ask the Web Key Directory of each address's domain.")
    var wkd = false
    @Option(help: "Ask a key server by fingerprint, as hkps://keys.openpgp.org; may be repeated.")
    var keyserver: [String] = []
    @Option(help: "Seconds between two keys.")
    var pause = 1.0
    @OptionGroup var output: OutputOptions

    /// Seconds that one question may take.
    private static let patience = "30"

    private struct Fetched: Encodable {
        let wanted: Int
        let found: Int
    }

    func validate() throws {
        guard wkd || !keyserver.isEmpty else {
            throw ValidationError("Give --wkd, or --keyserver, or both.")
        }
        guard (0...3600).contains(pause) else {
            throw ValidationError("--pause is from 0 to 3600.")
        }
    }

    func run() throws {
        let input =
            try wanted.map(Administration.contents)
            ?? Array(FileHandle.standardInput.readDataToEndOfFile())
        let wanted = String(decoding: input, as: UTF8.self).split(separator: "\n")
            .compactMap { WantedKey(line: $0) }
        try make(folder)
        let home = try temporaryHome()
        defer {
            _ = try? run("gpgconf", ["--homedir", home, "--kill", "all"])
            try? FileManager.default.removeItem(atPath: home)
        }
        var bar = ProgressBar(total: wanted.count, label: "keys")
        var found = 0
        for (index, key) in wanted.enumerated() {
            if index > 0 { Thread.sleep(forTimeInterval: pause) }
            if try fetch(key, in: home) { found += 1 }
            bar.advance()
        }
        bar.finish()
        try output.print(
            Fetched(wanted: wanted.count, found: found),
            or: ["\(found) of \(wanted.count) keys were found"]
        )
    }

    private func fetch(_ key: WantedKey, in home: String) throws -> Bool {
        for server in keyserver {
            _ = try gpg(home, ["--keyserver", server, "--recv-keys", key.fingerprint])
        }
        if wkd {
            _ = try gpg(
                home,
                ["--auto-key-locate", "clear,nodefault,wkd", "--locate-external-keys", key.address]
            )
        }
        // By its fingerprint: whatever else an address has led to stays behind.
        let exported = try gpg(home, ["--armor", "--export", key.fingerprint])
        guard !exported.isEmpty else { return false }
        let path = "\(folder)/\(key.fingerprint).asc"
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: exported,
                attributes: [.posixPermissions: 0o640]
            )
        else { throw failure(path) }
        return true
    }

    private func gpg(_ home: String, _ arguments: [String]) throws -> Data {
        try run(
            "timeout",
            [
                "--signal", "KILL", Self.patience, "gpg", "--homedir", home, "--batch", "--quiet",
                "--no-tty", "--import-options", "self-sigs-only,import-clean",
                "--export-options", "export-clean",
            ] + arguments
        )
    }

    // What it says of its failures concerns nobody: a key that is not there is no error.
    private func run(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/" + program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            throw CommandFailure(
                "\(program) cannot be run: \(error.localizedDescription)",
                hint: "install the packages gnupg and dirmngr"
            )
        }
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return printed
    }

    // Of its own: nobody's keys are there, and none stays.
    private func temporaryHome() throws -> String {
        let home = FileManager.default.temporaryDirectory
            .appending(path: "listseal-refresh.\(getpid())").path(percentEncoded: false)
        try make(home)
        return home
    }

    private func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: path == folder ? 0o750 : 0o700]
            )
        } catch { throw failure(path) }
    }

    private func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path) cannot be written", hint: "name a folder that you may write to")
    }
}
