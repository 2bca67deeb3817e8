import Foundation
import Testing

/// A real DKIM signer in Postfix's path.
@Suite(.serialized)
struct SigningTests {
    @Test("copies leave with a DKIM signature of the list's own domain, which holds")
    func signed() throws {
        let signer = try DKIMSigner(domain: "lists.test")
        defer { signer.stop() }
        let bed = try TestBed(
            extraMainCf: [
                "smtpd_milters = \(signer.address)", "non_smtpd_milters = $smtpd_milters",
                "milter_default_action = tempfail",
            ]
        )
        let post = try bed.anne.post(to: bed.list, text: "canary-dkim")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-dkim")
        for person in bed.subscribers {
            let copy = bed.host.inbox(person.address)[0]
            let field = try #require(signer.signatures(of: copy).first)
            #expect(field.contains("d=lists.test;"))
            #expect(field.lowercased().contains("from:"))
            #expect(try signer.verifies(copy))
            // The test of the test: an octet more, and it does not hold.
            #expect(try !signer.verifies(copy + Array("x\r\n".utf8)))
        }
    }
}

/// opendkim(8) with a key of its own.
private final class DKIMSigner {
    private let folder = "/tmp/listseal-dkim.\(UUID().uuidString)"
    private let process = Process()
    private let port: Int

    var address: String { "inet:127.0.0.1:\(port)" }

    init(domain: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try Shell.run("opendkim-genkey", ["-b", "2048", "-d", domain, "-s", "sel", "-D", folder])
        let script = "import socket; print(socket.create_server(('127.0.0.1',0)).getsockname()[1])"
        let free = try Shell.run("python3", ["-c", script])
        port = try #require(Int(free.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        // A folder below /tmp is its own, but it would ask for the parents too.
        let configuration = """
            Mode s
            Canonicalization relaxed/simple
            Domain \(domain)
            Selector sel
            KeyFile \(folder)/sel.private
            Socket inet:\(port)@127.0.0.1
            RequireSafeKeys no

            """
        try Data(configuration.utf8).write(to: URL(filePath: folder + "/opendkim.conf"))
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["opendkim", "-f", "-x", folder + "/opendkim.conf"]
        try process.run()
        for _ in 0..<100 where try !isListening() { Thread.sleep(forTimeInterval: 0.1) }
        try #require(process.isRunning, "opendkim does not run")
    }

    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func signatures(of message: [UInt8]) -> [String] {
        let text = String(decoding: message, as: UTF8.self).replacing("\r\n", with: "\n")
        let header = text.split(separator: "\n\n", maxSplits: 1)[0].replacing("\n\t", with: " ")
        return header.split(separator: "\n").filter { $0.hasPrefix("DKIM-Signature:") }
            .map(String.init)
    }

    /// Asks an independent verifier, with the public key in place of the DNS.
    func verifies(_ message: [UInt8]) throws -> Bool {
        let record = try String(contentsOfFile: "\(folder)/sel.txt", encoding: .utf8)
        let value = record.matches(of: /"([^"]*)"/).map(\.1).joined()
        let crlf = String(decoding: message, as: UTF8.self).replacing("\r\n", with: "\n")
            .replacing("\n", with: "\r\n")
        // Debian's own, which has the module.
        let checker = """
            import sys, dkim
            record = sys.argv[1].encode()
            sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda *_, **__: record) else 1)
            """
        return try Shell.run("/usr/bin/python3", ["-c", checker, value], input: Array(crlf.utf8))
            .status == 0
    }

    private func isListening() throws -> Bool {
        try Shell.run("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"]).status == 0
    }
}
