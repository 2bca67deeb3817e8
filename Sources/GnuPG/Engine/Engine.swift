import Foundation
import OpenPGP

/// Runs gpg through a wrapper script that limits it and reports how it ended.
///
/// GPGME accepts only a path for the engine, so the wrapper is a fixed script without
/// parameters, in a directory that nobody else may write. It does three things that
/// GPGME cannot do:
///
/// - It kills a run that takes too long, and bounds its memory.
/// - It reports the exit status on the status channel. Otherwise a gpg that is killed in
///   the middle of an unencrypted literal packet looks like a success with less text.
/// - It answers `--version` itself, which GPGME requests for each context.
public struct Engine: Sendable, Hashable {
    /// The oldest gpg with which this code was tested.
    static let requiredVersion = "2.2.40"
    /// The status line that the wrapper adds.
    static let exitKeyword = "LISTSEAL_EXIT"
    /// The directories in which programs are looked up; the PATH of the process is ignored.
    static let directories = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"]
    /// The number of seconds after which gpgconf is killed.
    static let administrationSeconds = 10

    /// The wrapper for all operations on messages and certificates.
    let program: String
    /// A wrapper with a longer time limit, to create keys.
    let creationProgram: String
    /// A wrapper with a shorter time limit, to read certificates.
    let inspectionProgram: String
    let gpgconf: String
    let timeout: String
    /// The version of gpg.
    public let version: String

    /// Writes the wrappers into a directory, which is created if it does not exist.
    ///
    /// Call it at every start: the wrappers contain the paths of the programs and the version
    /// of gpg.
    ///
    /// - Throws: ``OpenPGPError/Code/engineMissing`` or ``OpenPGPError/Code/engineTooOld``,
    ///   ``OpenPGPError/Code/unsafeDirectory`` if others may write the directory, and an error
    ///   of the operating system if a file cannot be written.
    public static func install(in directory: String) throws(OpenPGPError) -> Engine {
        try install(in: directory, limits: .standard)
    }

    /// Writes the wrappers with other limits, or for another gpg than the system's.
    static func install(
        in directory: String,
        limits: EngineLimits,
        gpg named: String? = nil
    ) throws(OpenPGPError) -> Engine {
        let timeout = try path(of: "timeout")
        let prlimit = try path(of: "prlimit")
        let gpgconf = try path(of: "gpgconf")
        let gpg = if let named { named } else { try path(of: "gpg") }
        let version = try version(of: gpg, timeout: timeout)
        try PrivateDirectory.prepare(directory, .install)
        func wrapper(
            _ name: String,
            seconds: Int,
            processorSeconds: Int
        ) throws(OpenPGPError) -> String {
            let script = """
                #!/bin/sh
                # Listseal runs gpg through this. It is written at every start.
                if [ "$1" = --version ]; then
                    echo 'gpg (GnuPG) \(version)'
                    exit 0
                fi
                '\(timeout)' -s KILL \(seconds) \
                '\(prlimit)' --cpu=\(processorSeconds) --as=\(limits.memory) \
                '\(gpg)' "$@"
                status=$?
                before=
                for argument; do
                    if [ "$before" = --status-fd ]; then
                        echo "[GNUPG:] \(exitKeyword) $status" >"/proc/self/fd/$argument"
                        break
                    fi
                    before=$argument
                done
                exit $status

                """
            let path = directory + "/" + name
            try PrivateDirectory.write(Array(script.utf8), to: path, mode: 0o500, .install)
            return path
        }
        return Engine(
            program: try wrapper(
                "gpg",
                seconds: limits.seconds,
                processorSeconds: limits.processorSeconds
            ),
            creationProgram: try wrapper(
                "gpg-create",
                seconds: limits.creationSeconds,
                processorSeconds: limits.processorSeconds
            ),
            inspectionProgram: try wrapper(
                "gpg-inspect",
                seconds: limits.seconds,
                processorSeconds: limits.inspectionSeconds
            ),
            gpgconf: gpgconf,
            timeout: timeout,
            version: version
        )
    }

    /// Runs gpgconf for a home and returns its output.
    func configure(
        _ home: String,
        _ arguments: [String],
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) -> [UInt8] {
        try GPGMEContext(operation).run(
            [timeout, "-s", "KILL", "\(Self.administrationSeconds)", gpgconf, "--homedir", home]
                + arguments
        )
    }

    private static func path(of name: String) throws(OpenPGPError) -> String {
        let paths = directories.map { $0 + "/" + name }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw OpenPGPError(.engineMissing, .install)
        }
        return path
    }

    private static func version(
        of gpg: String,
        timeout: String
    ) throws(OpenPGPError) -> String {
        let output = try GPGMEContext(.install).run(
            [timeout, "-s", "KILL", "\(administrationSeconds)", gpg, "--version"]
        )
        // "gpg (GnuPG) 2.2.40", and on some systems a suffix after a hyphen.
        let line = output.prefix { $0 != 0x0a }
        let word = line.split(separator: 0x20).last ?? []
        let version = String(
            decoding: word.prefix { (0x30...0x39).contains($0) || $0 == 0x2e },
            as: UTF8.self
        )
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        let required = requiredVersion.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2, !numbers.lexicographicallyPrecedes(required) else {
            throw OpenPGPError(.engineTooOld, .install)
        }
        return version
    }
}
