import Foundation
import Testing

/// Tests the protocol with an independent client, OpenDKIM's miltertest.
@Suite("Independent milter client")
struct IndependentClientTests {
    @Test("OpenDKIM's miltertest accepts the milter's protocol")
    func agrees() async throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "miltertest.lua")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/miltertest")
        process.arguments = [
            "-D", "socket=unix:\(await MilterHost.path)", "-D",
            "client=\(MilterHost.uniqueName("miltertest"))", "-s", script.path(),
        ]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: text, as: UTF8.self))")
    }
}
