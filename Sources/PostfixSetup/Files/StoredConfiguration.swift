import Foundation

/// main.cf and master.cf as they are, and as the last set-up stored them.
struct StoredConfiguration {
    let files: StateFiles
    let recorded: PostfixInstallation?
    let current: ConfigurationFiles
    private let written: (main: Data?, master: Data?)
    private let originals: (main: Data?, master: Data?)

    init(files: StateFiles, configDirectory: String) throws {
        self.files = files
        // The record decides which files root writes, so we must be its owner.
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

    /// The configuration without our changes.
    ///
    /// A file that nobody has edited is the stored original, byte for byte. From an edited
    /// file only our changes are removed.
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
