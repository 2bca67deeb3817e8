import Administration
import ArgumentParser
import PostfixSetup

/// The command `listseal postfix`.
struct PostfixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postfix",
        abstract: "Attach Listseal to a Postfix, detach it, or check the attachment.",
        subcommands: [PostfixSetupCommand.self, PostfixRemove.self, PostfixCheck.self]
    )
}

/// The command `listseal postfix setup`.
struct PostfixSetupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Write what Postfix needs into main.cf and master.cf, and reload it.",
        discussion: """
            The command tries everything on a copy first, and keeps both files as they were: \
            'remove' puts them back. If you run it again, it only adds new lists.
            """
    )

    @OptionGroup var postfix: PostfixOptions
    @Option(help: "The user that the daemon runs as; 'listseal' if there is one.")
    var user: String?
    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    func run() throws {
        let attachment = try postfix.attachment(user: user, makesState: !dryRun)
        try postfix.output.print(attachment.attach(isDryRun: dryRun)) { report in
            [report.changed ? report.difference : "nothing has to change"] + report.notes
                + report.doors.map {
                    "\($0.door.rawValue): \($0.isWorking ? "works" : "not up") (\($0.answer))"
                }
        }
    }
}

/// The command `listseal postfix check`.
struct PostfixCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find what in Postfix's configuration stands in the way; exit 2 if anything does."
    )

    @OptionGroup var postfix: PostfixOptions

    func run() throws {
        let result = try postfix.attachment().check()
        try postfix.output.print(result) { findings in
            findings.isEmpty
                ? ["nothing stands in the way"]
                : findings.flatMap { ["\($0.kind.rawValue): \($0.message)", "  hint: \($0.hint)"] }
        }
        if !result.report.isEmpty { throw ExitCode(2) }
    }
}
