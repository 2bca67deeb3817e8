import Foundation

/// The two files as they are, and what was kept of them at the last set-up.
struct StoredConfiguration {
    let files: StateFiles
    let recorded: PostfixInstallation?
    let current: ConfigurationFiles
    private let written: (main: Data?, master: Data?)
    private let originals: (main: Data?, master: Data?)

    init(files: StateFiles, configDirectory: String) throws {
        self.files = files
        // What is recorded decides what root writes, so its owner must be us.
        recorded =
            try files.trusted(files.installation) == nil
            ? nil : PostfixInstallation.load(state: files.state)
        if let recorded, recorded.configurationDirectory != configDirectory {
            throw PostfixSetupError.attachedElsewhere(
                recorded: recorded.configurationDirectory,
                asked: configDirectory
            )
        }
        current = try ConfigurationFiles(directory: configDirectory)
        written = (
            try files.trusted(files.written("main.cf")),
            try files.trusted(files.written("master.cf"))
        )
        originals = (
            try files.trusted(files.original("main.cf")),
            try files.trusted(files.original("master.cf"))
        )
    }

    private var untouchedMain: Data? {
        recorded != nil && current.main == written.main ? originals.main : nil
    }

    private var untouchedMaster: Data? {
        recorded != nil && current.master == written.master ? originals.master : nil
    }

    /// Whether nobody has edited either file since the last set-up.
    var isUntouched: Bool { untouchedMain != nil && untouchedMaster != nil }

    /// The configuration without anything of ours: byte for byte the original
    /// of each file that nobody has edited, else what is left without us.
    func clean() throws -> ConfigurationFiles {
        if let main = untouchedMain, let master = untouchedMaster {
            return ConfigurationFiles(main: main, master: master)
        }
        let rest = try Detachment(files: files, recorded: recorded).detach(current)
        return ConfigurationFiles(
            main: untouchedMain ?? rest.main,
            master: untouchedMaster ?? rest.master
        )
    }
}
