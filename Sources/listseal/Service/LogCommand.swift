import Administration
import ArgumentParser

/// The command `listseal log`.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Explain what was decided about a message.",
        discussion: "REF stands at the end of the reply to its author, and in the mail log."
    )

    @Argument(help: "The reference: the queue id.")
    var ref: String
    @OptionGroup var options: ActOptions

    func run() throws {
        let found = try LoggedOutcome.find(ref, in: options.state.directory)
        try options.output.print(found) { $0.flatMap(\.lines) }
    }
}

extension LoggedOutcome {
    fileprivate var lines: [String] {
        [
            "\(time.readable)  \(list) (\(role)), by the \(door): \(outcome)"
                + (refusal.map { ", \($0)" } ?? ""),
            "  found: \(detail)",
        ] + (explanation.map { ["  \($0)"] } ?? [])
    }
}
