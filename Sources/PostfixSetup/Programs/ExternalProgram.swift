import Foundation
import NIOConcurrencyHelpers

/// Runs one program with an argument array, without a shell and with its own
/// environment.
struct ExternalProgram {
    /// The exit status and the output of a program.
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The directories in which packages install Postfix's programs.
    ///
    /// The caller's PATH is not used, because this runs as root.
    static let directories = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/sbin", "/bin"]

    let path: String

    init(_ name: String) throws {
        guard
            let path = Self.directories.map({ $0 + "/" + name })
                .first(where: FileManager.default.isExecutableFile)
        else { throw PostfixSetupError.programMissing(name) }
        self.path = path
    }

    /// Runs the program and returns its result, whatever its exit status is.
    func run(_ arguments: [String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        // Some programs prefer MAIL_CONFIG in the environment to the option -c.
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
        // Read both pipes at the same time: a program that fills an unread pipe would
        // block for ever.
        let collected = CollectedOctets()
        let reading = DispatchGroup()
        let handle = errors.fileHandleForReading
        DispatchQueue.global().async(group: reading) {
            collected.set((try? handle.readToEnd()) ?? Data())
        }
        let text = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        reading.wait()
        ended.wait()
        // Process keeps its pipes open after its end. With a thousand open descriptors
        // the next start crashes in Foundation.
        for pipe in [output, errors] { try? pipe.fileHandleForReading.close() }
        return Result(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: collected.value, as: UTF8.self)
        )
    }

    /// Runs the program and returns its output.
    ///
    /// - Throws: ``PostfixSetupError/programFailed(command:status:output:)`` if the exit
    ///   status is not 0.
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
