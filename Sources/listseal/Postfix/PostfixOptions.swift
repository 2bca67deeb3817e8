import Administration
import ArgumentParser
import ListServer
import PostfixSetup

/// Which Postfix is meant.
struct PostfixOptions: ParsableArguments {
    @Option(help: "The directory of main.cf and master.cf; the system's if not given.")
    var configDirectory: String?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    /// The attachment; a command that changes something makes the state if it does not exist.
    func attachment(user: String? = nil, makesState: Bool = false) throws -> PostfixAttachment {
        PostfixAttachment(
            try PostfixSetup(
                configDirectory: configDirectory,
                state: state.directory.path,
                user: user
            ),
            for: makesState ? try state.host() : try state.existingHost()
        )
    }
}
