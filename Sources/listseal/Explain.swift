import ArgumentParser
import Foundation
import ListServer
import PostfixSetup

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
        let clock: @Sendable () -> Date = { Date() }
        let path = administration.state.path
        let explainer = Explainer(
            road: Road(
                store: administration.store,
                sealer: try administration.sealer(),
                openings: 1,
                disk: try PostfixInstallation.load(state: path)?.queueDirectory ?? path,
                clock: clock,
                jumps: ClockJumpDetector(clock: clock)
            )
        )
        for file in files {
            let explanation = try explainer.explain(
                try Administration.contents(of: file),
                named: file,
                for: target
            )
            try output.print(explanation, or: explanation.lines)
        }
    }
}
