import Foundation

/// A copy of main.cf and master.cf in a temporary directory, for trials.
struct ScratchConfiguration: ~Copyable {
    let instance: PostfixInstance
    private let root: String

    /// Writes the files into a new directory that only the current user can read.
    init(_ files: ConfigurationFiles) throws {
        let root = FileManager.default.temporaryDirectory
            .appending(path: "listseal-postfix-\(UUID().uuidString)").path(percentEncoded: false)
        let instance = try PostfixInstance(directory: root + "/etc")
        do {
            try FileManager.default.createDirectory(
                atPath: instance.directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try files.main.write(to: URL(filePath: instance.path(of: "main.cf")))
            try files.master.write(to: URL(filePath: instance.path(of: "master.cf")))
            try instance.cool()
        } catch {
            try? FileManager.default.removeItem(atPath: root)
            throw error
        }
        self.root = root
        self.instance = instance
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The files of the copy as they are now.
    func files() throws -> ConfigurationFiles {
        try ConfigurationFiles(directory: instance.directory)
    }

    /// Checks the copy with Postfix's own programs.
    ///
    /// `postfix check` makes missing directories and reads the whole queue, so the copy
    /// has its own empty queue. It also has no multi-instance wrapper, which would check
    /// the other instances instead.
    ///
    /// - Throws: ``PostfixSetupError/refusedByPostfix(output:)`` if a program fails.
    func check() throws {
        do {
            for arguments in [["-n"], ["-P"], ["-M"]] {
                let result = try ExternalProgram("postconf")
                    .run(["-c", instance.directory] + arguments)
                let ours = result.errors.split(separator: "\n").filter { $0.contains("listseal") }
                    .filter { $0.contains("master.cf") && $0.contains("unused") }
                guard result.status == 0, ours.isEmpty else {
                    throw PostfixSetupError.refusedByPostfix(output: result.errors)
                }
            }
            let trial = try ScratchConfiguration(try files())
            try trial.checkWithEmptyQueue()
        } catch PostfixSetupError.programFailed(_, _, let output) {
            throw PostfixSetupError.refusedByPostfix(output: output)
        }
    }

    private func checkWithEmptyQueue() throws {
        for name in ["queue_directory", "data_directory"] {
            let path = root + "/" + name
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
            try instance.set(name, to: path)
        }
        try SystemAccount.giveAway(
            root + "/data_directory",
            to: try instance.expandedValue(of: "mail_owner")
        )
        for name in ["multi_instance_wrapper", "multi_instance_directories"] {
            try instance.set(name, to: "")
        }
        // Messages of the trial go to the caller, not to the mail log.
        try instance.set("maillog_file", to: "")
        try ExternalProgram("postfix").output(["-c", instance.directory, "check"])
    }
}
