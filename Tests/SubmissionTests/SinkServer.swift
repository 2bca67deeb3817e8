import Foundation
import SMTP
import TestSupport

@testable import Submission

/// Postfix's smtp-sink(1), which can refuse commands and close connections.
///
/// A test that needs it fails if it is missing.
final class SinkServer: Sendable {
    let socket: SocketPath
    private let process: Process
    private let directory: String

    private init(directory: String, options: [String]) throws {
        self.directory = directory
        let path = directory + "/sink"
        socket = .unix(path: path)
        process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/smtp-sink")
        process.currentDirectoryURL = URL(filePath: directory)
        process.arguments = ["-u", "root"] + options + ["unix:" + path, "100"]
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Runs one with these options, and stops it.
    static func run(
        _ options: String...,
        body: (SinkServer) async throws -> Void
    ) async throws {
        try await SocketFolder.run { directory in
            let sink = try SinkServer(directory: directory, options: options)
            defer { sink.kill() }
            for _ in 0..<500 where !FileManager.default.fileExists(atPath: directory + "/sink") {
                try await Task.sleep(for: .milliseconds(10))
            }
            try await body(sink)
        }
    }

    /// Kills it immediately, like a crash.
    func kill() {
        if process.isRunning { process.terminate() }
    }

    /// The recipients of all accepted messages, from its dump file.
    var recipients: [String] { dump.matches(of: /X-Rcpt-Args: <([^>]*)>/).map { String($0.1) } }

    /// The text that `-D dump` has written.
    var dump: String { (try? String(contentsOfFile: directory + "/dump", encoding: .utf8)) ?? "" }
}
