import Administration
import ArgumentParser
import ListServer

/// The command `listseal explain`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open and judge messages as the milter and the gate would; change nothing.",
        discussion: """
            Prints the structure, the layers of encryption and signature, what each policy says, \
            the verdict and the SMTP reply; with --json one object for each file, in a line. \
            Exits 0 whatever the verdict is.
            """
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "Files with one message each.")
    var files: [String]
    @OptionGroup var options: ActOptions

    func run() throws {
        let host = try options.state.presentHost()
        // The daemon may be at work with the same agent.
        defer { host.keys.stopAgents(startedHere: true) }
        let list = try host.list(at: target.list)
        let explainer = try host.explainer()
        for file in files {
            let explanation = try explainer.explain(
                try KeyFile.contents(of: file),
                named: file,
                for: list
            )
            try options.output.print(explanation, or: explanation.lines)
        }
    }
}
