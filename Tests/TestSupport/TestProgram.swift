import Foundation

/// Runs a program to its end: no shell, output and errors kept apart.
public struct TestProgram {
    /// How it ended, and what it wrote.
    public struct Result: Sendable {
        /// Its exit status.
        public let status: Int32
        /// What it wrote to standard output.
        public let output: [UInt8]
        /// What it wrote to standard error.
        public let errors: String

        /// The output as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// A program that ended with another status than the test needs.
    public struct Failure: Error, CustomStringConvertible {
        /// What was run, and what it said.
        public let description: String
    }

    /// Runs a program of the path with arguments.
    ///
    /// Input and output go through files: pipes could fill and block each other.
    public static func run(_ arguments: [String], input: [UInt8] = []) throws -> Result {
        let scratch = try TemporaryDirectory()
        let source = try scratch.write(input, to: "in")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: source))
        process.standardOutput = try handle(scratch, "out")
        process.standardError = try handle(scratch, "err")
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: Array(try Data(contentsOf: URL(filePath: scratch.file("out")))),
            errors: String(
                decoding: try Data(contentsOf: URL(filePath: scratch.file("err"))),
                as: UTF8.self
            )
        )
    }

    /// Runs a program and throws unless it succeeds.
    @discardableResult
    public static func output(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let result = try run(arguments, input: input)
        guard result.status == 0 else {
            throw Failure(
                description:
                    "\(arguments.joined(separator: " ")): \(result.status) \(result.errors)"
            )
        }
        return result.output
    }

    private static func handle(_ scratch: TemporaryDirectory, _ name: String) throws -> FileHandle {
        try FileHandle(forWritingTo: URL(filePath: try scratch.write([], to: name)))
    }
}
