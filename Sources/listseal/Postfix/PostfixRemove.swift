import Administration
import ArgumentParser

/// The command `listseal postfix remove`.
struct PostfixRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Detach Listseal from a Postfix.",
        discussion: """
            The command puts main.cf and master.cf back as they were, octet for octet, if nobody \
            has edited them since; else it removes only what is Listseal's. It refuses while \
            copies are not delivered yet.
            """
    )

    @OptionGroup var postfix: PostfixOptions
    @Flag(help: "Remove although copies are not delivered, or mail for lists waits and bounces.")
    var drain = false
    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    func run() throws {
        let attachment = try postfix.attachment()
        let result = try attachment.detach(isDryRun: dryRun, isForced: drain)
        try postfix.output.print(result) { report in
            [
                report.isByteIdentical
                    ? "main.cf and master.cf are as they were before" : report.difference
            ]
        }
    }
}
