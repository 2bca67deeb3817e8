import ArgumentParser
import Foundation
import OpenPGP
import SMTP

/// The command `listseal refresh fetch`.
struct RefreshFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Ask the network for keys; what is new goes to files 'FINGERPRINT.asc'.",
        discussion: """
            Reads lines 'FINGERPRINT ADDRESS KEY' and nothing else. Run it as a user who may read \
            nothing of Listseal's. A key of which nothing is new, or that is another one, leaves \
            no file.
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
        let unanswered: Int
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
        for program in ["timeout", "gpg", "gpgconf", "dirmngr"]
        where !FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program) {
            throw CommandFailure(
                "/usr/bin/\(program) is missing",
                hint: "install the packages coreutils, gnupg and dirmngr"
            )
        }
        let lines = String(decoding: try input(), as: UTF8.self).split(separator: "\n")
        let wanted = lines.compactMap { WantedKey(line: $0) }
        guard wanted.count == lines.count else {
            throw CommandFailure(
                "\(lines.count - wanted.count) lines are not 'FINGERPRINT ADDRESS KEY'",
                hint: "give it what 'listseal refresh wanted' prints"
            )
        }
        // One person can be on two lists, at two addresses.
        let keys = Dictionary(grouping: wanted, by: \.fingerprint).sorted { $0.key < $1.key }
            .map(\.value)
        try make(folder, mode: 0o750, isNew: false)
        var bar = ProgressBar(total: keys.count, label: "keys")
        var (found, unanswered) = (0, 0)
        for (index, key) in keys.enumerated() {
            if index > 0 { Thread.sleep(forTimeInterval: pause) }
            switch try fetch(key) {
            case .new: found += 1
            case .nothingNew: break
            case .unanswered: unanswered += 1
            }
            bar.advance()
        }
        bar.finish()
        if unanswered == keys.count, !keys.isEmpty {
            OutputOptions.note(
                "no question was answered: is there a network, and is the server's name right?"
            )
        }
        try output.print(
            Fetched(wanted: keys.count, found: found, unanswered: unanswered),
            or: [
                "\(found) of \(keys.count) keys have something new; of \(unanswered) nobody knew "
                    + "anything, or answered"
            ]
        )
    }

    private func input() throws -> [UInt8] {
        try wanted.map(Administration.contents)
            ?? Array(FileHandle.standardInput.readDataToEndOfFile())
    }

    private enum Answer {
        case new
        case nothingNew
        case unanswered
    }

    private func fetch(_ wanted: [WantedKey]) throws -> Answer {
        guard let fingerprint = wanted.first?.fingerprint else { return .nothingNew }
        // Each in a home of its own: no stranger's key is beside it, and none stays.
        let home = FileManager.default.temporaryDirectory
            .appending(path: "listseal-refresh.\(UUID().uuidString)").path(percentEncoded: false)
        try make(home, mode: 0o700, isNew: true)
        defer {
            _ = try? run("gpgconf", ["--homedir", home, "--kill", "all"])
            try? FileManager.default.removeItem(atPath: home)
        }
        // Servers that give out no names are understood if the key is known.
        for (index, key) in wanted.enumerated() {
            let known = "\(home)/known-\(index)"
            guard ForeignFile.create(known, key.key, mode: 0o600) else { throw failure(known) }
            _ = try gpg(home, ["--import", known])
        }
        func export() throws -> Data {
            // By its fingerprint: whatever else an address has led to stays behind.
            try gpg(home, ["--armor", "--export", fingerprint]).output
        }
        let before = try export()
        var questions = keyserver.map { ["--keyserver", $0, "--recv-keys", fingerprint] }
        if wkd {
            questions += wanted.map {
                [
                    "--auto-key-locate", "clear,nodefault,wkd", "--locate-external-keys", "--",
                    $0.address,
                ]
            }
        }
        let isAnswered = try questions.map { try gpg(home, $0).status == 0 }.contains(true)
        let after = try export()
        guard after != before else { return isAnswered ? .nothingNew : .unanswered }
        let path = "\(folder)/\(fingerprint).asc"
        guard ForeignFile.create(path, after, mode: 0o640) else { throw failure(path) }
        return .new
    }

    private func gpg(_ home: String, _ arguments: [String]) throws -> (output: Data, status: Int32)
    {
        try run(
            "timeout",
            [
                "--signal", "KILL", Self.patience, "gpg", "--homedir", home, "--batch", "--quiet",
                "--no-tty", "--import-options", "self-sigs-only,import-clean",
                "--export-options", "export-clean",
            ] + arguments
        )
    }

    private func run(
        _ program: String,
        _ arguments: [String]
    ) throws -> (output: Data, status: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/" + program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        // What it says of a key that is not there concerns nobody.
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try? output.fileHandleForReading.close()
        return (printed, process.terminationStatus)
    }

    private func make(_ path: String, mode: Int, isNew: Bool) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: !isNew,
                attributes: [.posixPermissions: mode]
            )
        } catch { throw failure(path) }
    }

    private func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(path) is there already, or cannot be written",
            hint: "name an empty folder that you may write to"
        )
    }
}
