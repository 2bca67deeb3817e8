import ArgumentParser
import Foundation
import ListServer
import MailingList
import PostfixSetup

/// The command `listseal postfix`.
struct PostfixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postfix",
        abstract: "Attach Listseal to a Postfix, take it off, or look at how it stands.",
        subcommands: [PostfixSetupCommand.self, PostfixRemove.self, PostfixCheck.self]
    )
}

/// Which Postfix is meant.
struct PostfixOptions: ParsableArguments {
    @Option(help: "The directory of main.cf and master.cf; the system's if not given.")
    var configDirectory: String?
    @OptionGroup var state: StateOptions

    func setup(user: String? = nil) throws -> PostfixSetup {
        try PostfixSetup(
            configDirectory: configDirectory,
            state: state.directory.path,
            user: user
        )
    }

    /// The state if there is one: who only looks does not make it.
    func existing() throws -> Administration? {
        FileManager.default.fileExists(atPath: state.directory.database)
            ? try Administration(state) : nil
    }
}

/// The command `listseal postfix setup`.
struct PostfixSetupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Write what Postfix needs into main.cf and master.cf, and reload it.",
        discussion: """
            Everything is tried on a copy first. The files are kept whole, and 'remove' puts them \
            back. Running it again changes nothing, but makes new lists known.
            """
    )

    @OptionGroup var postfix: PostfixOptions
    @Option(help: "The user that the daemon runs as; 'listseal' if there is one.")
    var user: String?
    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let changed: Bool
        let difference: String
        let notes: [String]
        let dedicatedDomains: [String]
        let reload: String?
        let doors: [DoorProbe]
    }

    func run() throws {
        let setup = try postfix.setup(user: user)
        let administration = try dryRun ? postfix.existing() : Administration(postfix.state)
        let plan = try setup.plan(
            addresses: administration.map(PostfixMap.addresses) ?? ListedAddresses(lists: [])
        )
        var reload: PostfixSetup.Reload?
        if !dryRun {
            reload = try setup.apply(plan)
            try administration?.store.setDedicatedDomains(plan.installation.dedicatedDomains)
        }
        let doors = dryRun ? [] : setup.probe(plan.installation)
        try output.print(
            Report(
                changed: !plan.changesNothing,
                difference: plan.difference,
                notes: plan.notes,
                dedicatedDomains: plan.installation.dedicatedDomains,
                reload: reload?.rawValue,
                doors: doors
            ),
            or: [plan.changesNothing ? "nothing has to change" : plan.difference]
                + plan.notes
                + doors.map {
                    "\($0.door.rawValue): \($0.isWorking ? "works" : "not up") (\($0.answer))"
                }
        )
    }
}

/// The command `listseal postfix remove`.
struct PostfixRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take Listseal off a Postfix.",
        discussion: """
            Puts main.cf and master.cf back as they were, octet for octet, if nobody has edited \
            them since; else cuts out only what is Listseal's. Refuses while copies are owed.
            """
    )

    @OptionGroup var postfix: PostfixOptions
    @Flag(help: "Remove although copies are owed, or mail for lists waits and will bounce.")
    var drain = false
    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let isByteIdentical: Bool
        let difference: String
    }

    func run() throws {
        let owed = try postfix.existing()?.store.status(now: Date()).owed ?? 0
        guard owed == 0 || drain || dryRun else {
            throw CommandFailure(
                "\(owed) copies are owed",
                hint: "wait until 'listseal queue show' is empty, or add --drain; they stay owed "
                    + "until Postfix is set up again"
            )
        }
        let setup = try postfix.setup()
        let removal = dryRun ? try setup.planRemoval() : try setup.remove(isForced: drain)
        try output.print(
            Report(isByteIdentical: removal.isByteIdentical, difference: removal.difference),
            or: [
                removal.isByteIdentical
                    ? "main.cf and master.cf are as they were before" : removal.difference
            ]
        )
    }
}

/// The command `listseal postfix check`.
struct PostfixCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what in Postfix's configuration stands in the way; exit 2 if anything does."
    )

    @OptionGroup var postfix: PostfixOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let addresses =
            try postfix.existing().map(PostfixMap.addresses) ?? ListedAddresses(lists: [])
        let findings = try postfix.setup().check(addresses: addresses)
        try output.print(
            findings,
            or: findings.isEmpty
                ? ["nothing stands in the way"]
                : findings.flatMap { ["\($0.kind.rawValue): \($0.message)", "  hint: \($0.hint)"] }
        )
        if !findings.isEmpty { throw ExitCode(2) }
    }
}
