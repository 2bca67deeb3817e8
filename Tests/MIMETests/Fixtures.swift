import Foundation
import MIME

/// Octets of a message written as lines: each LF becomes CRLF.
func wire(_ text: String) -> [UInt8] { LineEndings.canonical(text.utf8) }

/// The octets as text, so that a failed expectation shows the difference.
func text(_ bytes: some Sequence<UInt8>) -> String {
    String(bytes.map { Character(Unicode.Scalar($0)) })
}

/// The reason for which a message is refused; nil if it is accepted.
func refusal(_ bytes: [UInt8], limits: MIMELimits = .standard) -> MIMEError.Reason? {
    do {
        _ = try Message(bytes, limits: limits)
        return nil
    } catch {
        return error.reason
    }
}

enum Resource {
    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url(path)))
    }

    static func url(_ path: String) -> URL {
        Bundle.module.bundleURL.appendingPathComponent("Resources/" + path)
    }
}

/// Runs a program to its end, on files in a temporary folder.
enum Tool {
    static func run(
        _ program: String,
        _ arguments: [String],
        files: [String: [UInt8]]
    ) throws -> (status: Int32, output: String) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mime-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in files {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Whether gpgv finds a good signature by Alice over the octets.
    static func isGoodSignature(_ signature: [UInt8], over signed: [UInt8]) throws -> Bool {
        let keyring = Resource.url("keys/alice.gpg").path
        let result = try run(
            "gpgv",
            ["--keyring", keyring, "--status-fd", "1", "signature", "signed"],
            files: ["signature": signature, "signed": signed]
        )
        return result.status == 0 && result.output.contains("[GNUPG:] GOODSIG")
    }
}
