import Administration
import Foundation
import ListServer
import Unix

/// Runs the programs of `exec:` steps.
///
/// Somebody who can name a program must not be able to bring one along: it lies in one
/// folder, and nobody but root and the user that runs this process can change it.
struct ProgramFolder: Sendable {
    /// Octets of what a program prints that are read.
    static let maximumOutput = 4096

    let path: String
    let timeout: Int

    /// Runs a program to its end.
    ///
    /// Throws ``ActFailure`` if it must not be run.
    func run(_ request: StepRequest) throws -> StepResult {
        try check(request.program)
        let (status, output) = try execute(
            request.program,
            input: StepInput.encoder().encode(request.input)
        )
        let reason = output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return switch status {
        case 0: StepResult(.accept, reason)
        case 1: StepResult(.reject, reason)
        case 75: StepResult(.wait, reason)
        case 124, 137:
            StepResult(.failed, "\(request.program) has not ended within \(timeout) seconds")
        default: StepResult(.failed, "\(request.program) has ended with \(status)")
        }
    }

    private func check(_ program: String) throws {
        guard program.hasPrefix(path + "/"),
            URL(filePath: program).resolvingSymlinksInPath().path(percentEncoded: false) == program
        else {
            throw ActFailure(
                .notAllowed,
                "\(program) does not lie in \(path), or is a link",
                hint: "copy it there, or name another folder with --programs"
            )
        }
        var place = program
        while place.count >= path.count {
            let attributes = try FileManager.default.attributesOfItem(atPath: place)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
            guard mode & 0o022 == 0, owner == 0 || owner == getuid() else {
                throw ActFailure(
                    .notAllowed,
                    "\(place) can be changed by others",
                    hint: "give it to root, and run chmod go-w"
                )
            }
            place = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        }
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw ActFailure(.notAllowed, "\(program) is not executable", hint: "run chmod +x")
        }
    }

    // timeout(1) ends the program's children too. What it writes to standard error goes
    // where our log goes.
    private func execute(_ program: String, input: Data) throws -> (Int32, String) {
        var process = ChildProcess("/usr/bin/timeout", ["--kill-after=5", "\(timeout)", program])
        process.searchPath = "/usr/local/bin:/usr/bin:/bin"
        process.locale = "C.UTF-8"
        process.input = input
        process.errors = .inherited
        process.maximumOutput = Self.maximumOutput
        let result = try process.run()
        return (result.status, String(decoding: result.output, as: UTF8.self))
    }
}
