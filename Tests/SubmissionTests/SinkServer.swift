import Foundation
import SMTP
import TestSupport

@testable import Submission

/// Postfix's smtp-sink(1), which refuses and breaks off as it is told.
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

    /// Ends it at once, as a crash does.
    func kill() {
        if process.isRunning { process.terminate() }
    }

    /// The recipients of all messages that it took, from its dump file.
    var recipients: [String] { dump.matches(of: /X-Rcpt-Args: <([^>]*)>/).map { String($0.1) } }

    /// What `-D dump` has written.
    var dump: String { (try? String(contentsOfFile: directory + "/dump", encoding: .utf8)) ?? "" }
}
