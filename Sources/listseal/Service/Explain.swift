import ArgumentParser
import Foundation
import ListServer

/// The command `listseal explain`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open and judge messages as a door would, and change nothing.",
        discussion: """
            Prints the structure, the layers of encryption and signature, what each policy says, \
            the verdict and the SMTP reply; with --json one object for each file, in a line. \
            Exits 0 whatever the verdict is.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Files with one message each.")
    var files: [String]
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        // The daemon may be at work with the same agent.
        defer { administration.keys.stopAgents(startedHere: true) }
        let target = try administration.list(at: list)
        let explainer = Explainer(store: administration.store, keys: administration.keys)
        for file in files {
            let explanation = try explainer.explain(
                try Administration.contents(of: file),
                named: file,
                for: target,
                now: Date()
            )
            try output.print(explanation, or: explanation.lines)
        }
    }
}
