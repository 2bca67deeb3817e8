package import Foundation

/// Runs one program with an argument array, without a shell and with its own environment.
package struct ChildProcess: Sendable {
    /// What a program left behind.
    package struct Result: Sendable {
        /// The exit status; 128 and the signal's number if a signal ended the program.
        package let status: Int32
        /// What it wrote to standard output, up to ``ChildProcess/maximumOutput`` octets.
        package let output: Data
        /// What it wrote to standard error; empty if that was not kept.
        package let errors: Data
    }

    /// What happens to the standard error of the program.
    package enum StandardError: Sendable {
        /// It is in the result.
        case kept
        /// It goes where the standard error of this process goes.
        case inherited
        /// Nobody reads it.
        case dropped
    }

    /// The path of the program; PATH is not searched.
    package var path: String
    /// The arguments, without the name of the program.
    package var arguments: [String]
    /// The PATH of the program, which is its whole environment beside the locale.
    package var searchPath = "/usr/bin:/bin"
    /// The locale of the program.
    package var locale = "C"
    /// What the program reads on standard input; it need not read all of it.
    package var input = Data()
    /// What happens to its standard error.
    package var errors = StandardError.kept
    /// The octets of each output that are kept; more is read and dropped.
    package var maximumOutput = Int.max

    /// Makes a process that ``run()`` starts.
    package init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// Runs the program to its end and returns its result, whatever its exit status is.
    ///
    /// It blocks. An output that a child of the program keeps open is given up one second
    /// after the end of the program.
    ///
    /// - Throws: What Foundation throws if the program cannot be started.
    package func run() throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ["PATH": searchPath, "LC_ALL": locale]
        process.currentDirectoryURL = URL(filePath: "/")
        let output = Pipe()
        let standardError = errors == .kept ? Pipe() : nil
        let question = input.isEmpty ? nil : Pipe()
        process.standardInput = question ?? FileHandle.nullDevice
        process.standardOutput = output
        switch errors {
        case .kept: process.standardError = standardError
        case .inherited: break
        case .dropped: process.standardError = FileHandle.nullDevice
        }
        // Process keeps its pipes open after its end. With a thousand open descriptors the
        // next start crashes in Foundation.
        defer {
            for pipe in [output, standardError, question] {
                try? pipe?.fileHandleForReading.close()
                try? pipe?.fileHandleForWriting.close()
            }
        }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let child = process.processIdentifier
        var dialogue = PipeDialogue(
            output: output.fileHandleForReading.fileDescriptor,
            errors: standardError?.fileHandleForReading.fileDescriptor,
            input: input,
            limit: maximumOutput
        )
        var status: Int32?
        dialogue.run(to: question?.fileHandleForWriting) {
            if status == nil { status = Self.status(of: child, waits: false) }
            return status != nil || ended.wait(timeout: .now()) == .success
        }
        if status == nil { status = Self.status(of: child, waits: true) }
        // Foundation has seen the end already.
        if status == nil { process.waitUntilExit() }
        return Result(
            status: status
                ?? (process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus),
            output: dialogue.output.octets,
            errors: dialogue.errors.octets
        )
    }

    // Process says that a program has ended only when all that it left in the background has
    // ended, too. So this asks the system, and leaves the child for Foundation to reap.
    private static func status(of child: pid_t, waits: Bool) -> Int32? {
        var info = unsafe siginfo_t()
        let options = WEXITED | WNOWAIT | (waits ? 0 : WNOHANG)
        while unsafe waitid(P_PID, id_t(child), &info, options) != 0 {
            guard errno == EINTR else { return nil }
        }
        guard unsafe info.si_signo == SIGCHLD else { return nil }
        let status = unsafe info._sifields._sigchld.si_status
        return unsafe info.si_code == CLD_EXITED ? status : 128 + status
    }
}
