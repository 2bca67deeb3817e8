import Foundation
import NIOConcurrencyHelpers

/// Runs one program with an argument array: no shell, no inherited environment.
struct ExternalProgram {
    /// What a program said and how it ended.
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Where Postfix's programs are on the systems that package it.
    ///
    /// The path of
    /// whoever runs us is not asked: this runs as root.
    static let directories = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/sbin", "/bin"]

    let path: String

    init(_ name: String) throws {
        guard
            let path = Self.directories.map({ $0 + "/" + name })
                .first(where: FileManager.default.isExecutableFile)
        else { throw PostfixSetupError.programMissing(name) }
        self.path = path
    }

    /// Runs to the end, whatever the status.
    func run(_ arguments: [String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        // MAIL_CONFIG in the environment would win over -c in some programs.
        process.environment = [
            "PATH": Self.directories.joined(separator: ":"), "LC_ALL": "C",
        ]
        let output = Pipe()
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        // Both pipes at once: a program that fills the one we do not read would
        // wait for us for ever.
        let collected = CollectedOctets()
        let reading = DispatchGroup()
        let handle = errors.fileHandleForReading
        DispatchQueue.global().async(group: reading) {
            collected.set((try? handle.readToEnd()) ?? Data())
        }
        let text = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        reading.wait()
        ended.wait()
        // Process keeps its pipes after its end, and with a thousand open
        // descriptors the next start crashes in Foundation.
        for pipe in [output, errors] { try? pipe.fileHandleForReading.close() }
        return Result(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: collected.value, as: UTF8.self)
        )
    }

    /// Runs to the end and gives what was printed; any other status is thrown.
    @discardableResult
    func output(_ arguments: [String]) throws -> String {
        let result = try run(arguments)
        guard result.status == 0 else {
            throw PostfixSetupError.programFailed(
                command: ([path] + arguments).joined(separator: " "),
                status: result.status,
                output: (result.errors + result.output)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            )
        }
        return result.output
    }
}

private final class CollectedOctets: Sendable {
    private let octets = NIOLockedValueBox(Data())
    var value: Data { octets.withLockedValue { $0 } }
    func set(_ data: Data) { octets.withLockedValue { $0 = data } }
}
