import Foundation
import Unix

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
        var program = ChildProcess(path, arguments)
        // Some programs prefer MAIL_CONFIG in the environment to the option -c, so it is
        // not passed on.
        program.searchPath = Self.directories.joined(separator: ":")
        let result = try program.run()
        return Result(
            status: result.status,
            output: String(decoding: result.output, as: UTF8.self),
            errors: String(decoding: result.errors, as: UTF8.self)
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
