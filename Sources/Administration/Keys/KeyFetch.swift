package import Foundation
import Unix

/// Asks the network for keys, and knows nothing of the lists: it runs as a user who can read
/// nothing of Listseal.
package struct KeyFetch: Sendable {
    /// Whether the Web Key Directory of each address's domain is asked.
    package let asksDirectories: Bool
    /// The key servers that are asked by fingerprint.
    package let keyServers: [String]
    /// Seconds between two keys.
    package let pause: TimeInterval
    /// The folder of the files `FINGERPRINT.asc`.
    package let folder: String

    /// Seconds that one question may take.
    private static let patience = "30"

    /// Describes where to ask, and where the answers go.
    package init(
        asksDirectories: Bool,
        keyServers: [String],
        pause: TimeInterval,
        folder: String
    ) {
        self.asksDirectories = asksDirectories
        self.keyServers = keyServers
        self.pause = pause
        self.folder = folder
    }

    /// How many keys were asked for, and what was found.
    package struct Report: Sendable, Hashable, Encodable {
        /// Keys that were asked for.
        package let wanted: Int
        /// Keys of which something is new.
        package let found: Int
        /// Keys of which nobody knew anything, or answered.
        package let unanswered: Int
    }

    private enum Answer {
        case new
        case nothingNew
        case unanswered
    }

    /// Asks for keys, and writes what is new into files that do not exist yet.
    ///
    /// - Parameters:
    ///   - wanted: The keys, with the addresses that they are wanted for.
    ///   - progress: Is called after each key, with the number of all.
    /// - Returns: How many keys were found, and how many got no answer.
    /// - Throws: ``ActFailure``: `file` if a file cannot be written, `notFound` if a program is
    ///   missing.
    package func run(
        _ wanted: [WantedKey],
        progress: (Int) -> Void
    ) throws -> ActResult<Report> {
        try checkPrograms()
        // One person can be on two lists, at two addresses.
        let keys = Dictionary(grouping: wanted, by: \.fingerprint).sorted { $0.key < $1.key }
            .map(\.value)
        try make(folder, mode: 0o750, isNew: false)
        var (found, unanswered) = (0, 0)
        for (index, key) in keys.enumerated() {
            if index > 0 { Thread.sleep(forTimeInterval: pause) }
            switch try fetch(key) {
            case .new: found += 1
            case .nothingNew: break
            case .unanswered: unanswered += 1
            }
            progress(keys.count)
        }
        return ActResult(
            Report(wanted: keys.count, found: found, unanswered: unanswered),
            note: unanswered == keys.count && !keys.isEmpty
                ? "nobody answered: is there a network, and is the server's name right?" : nil
        )
    }

    private func checkPrograms() throws {
        for program in ["timeout", "gpg", "gpgconf", "dirmngr"]
        where !FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program) {
            throw ActFailure(
                .notFound,
                "/usr/bin/\(program) is missing",
                hint: "install the packages coreutils, gnupg and dirmngr"
            )
        }
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
        // Some servers give out no names: gpg understands their answer if it knows the key.
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
        let isAnswered = try questions(wanted, fingerprint)
            .map { try gpg(home, $0).status == 0 }.contains(true)
        let after = try export()
        guard after != before else { return isAnswered ? .nothingNew : .unanswered }
        let path = "\(folder)/\(fingerprint).asc"
        guard ForeignFile.create(path, after, mode: 0o640) else { throw failure(path) }
        return .new
    }

    private func questions(_ wanted: [WantedKey], _ fingerprint: String) -> [[String]] {
        let servers = keyServers.map { ["--keyserver", $0, "--recv-keys", fingerprint] }
        guard asksDirectories else { return servers }
        return servers
            + wanted.map {
                [
                    "--auto-key-locate", "clear,nodefault,wkd", "--locate-external-keys", "--",
                    $0.address,
                ]
            }
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
        var process = ChildProcess("/usr/bin/" + program, arguments)
        // What gpg says about a key that does not exist is no failure.
        process.errors = .dropped
        let result = try process.run()
        return (result.output, result.status)
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

    private func failure(_ path: String) -> ActFailure {
        ActFailure(
            .file,
            "\(path) exists already, or cannot be written",
            hint: "name an empty folder that you may write to"
        )
    }
}
