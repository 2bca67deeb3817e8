import Foundation
import TestSupport

/// A milter in its own process, to which a test can send signals.
final class MilterProbeProcess {
    let path = MilterHost.temporaryPath()
    private let process = Process()

    init() throws {
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        process.executableURL = products.appending(path: "MilterProbe")
        process.arguments = [path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, (try? MTAClient(path: path)) == nil {
            Thread.sleep(forTimeInterval: 0.01)
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: path)
    }

    func send(_ signal: CInt) { kill(process.processIdentifier, signal) }

    /// Whether it still handles messages, each of which it refuses.
    func isServing() throws -> Bool {
        let client = try MTAClient(path: path, client: "probe")
        try client.mail("<a@example.org>")
        try client.recipient("<list@example.org>")
        return try client.message() == .reply("550 5.7.1 answered after all")
    }

    /// Waits for its end, and returns its exit status.
    func status() -> CInt {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }
}
