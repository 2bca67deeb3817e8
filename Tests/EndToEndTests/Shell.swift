import Foundation

/// Runs another program and gives back what it printed.
struct Shell {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let error: String
        var bytes: [UInt8] { Array(data) }
        let data: Data
    }

    /// Runs to the end.
    ///
    /// Both pipes are read while it runs, so that none fills.
    @discardableResult
    static func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8] = [],
        environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        let group = DispatchGroup()
        let errors = Collected()
        DispatchQueue.global().async(group: group) {
            errors.set(stderr.fileHandleForReading.readDataToEndOfFile())
        }
        DispatchQueue.global().async(group: group) {
            try? stdin.fileHandleForWriting.write(contentsOf: Data(input))
            try? stdin.fileHandleForWriting.close()
        }
        let data = stdout.fileHandleForReading.readDataToEndOfFile()
        group.wait()
        process.waitUntilExit()
        // Foundation keeps them open as long as something keeps the process.
        try? stdout.fileHandleForReading.close()
        try? stderr.fileHandleForReading.close()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: data, as: UTF8.self),
            error: String(decoding: errors.get(), as: UTF8.self),
            data: data
        )
    }
}

private final class Collected: @unchecked Sendable {
    private let lock = NSLock()
    private var data = Data()
    func set(_ value: Data) { lock.withLock { data = value } }
    func get() -> Data { lock.withLock { data } }
}
