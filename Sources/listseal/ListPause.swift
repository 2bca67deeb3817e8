import ArgumentParser
import MailingList
import SMTP

/// The command `listseal list pause`.
struct ListPause: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Let posts and commands wait with the servers that bring them.",
        discussion: "What is owed still goes out, and mail to the owners is still taken."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws { try Self.set(true, list, state, output) }

    static func set(
        _ isPaused: Bool,
        _ list: String,
        _ state: StateOptions,
        _ output: OutputOptions
    ) throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        try administration.store.changeSettings(of: target.id) { $0.isPaused = isPaused }
        let report = try ListReport(administration.list(at: list), administration)
        try output.print(
            report,
            or: ["\(target.address) \(isPaused ? "is paused" : "takes posts")"]
        )
    }
}

/// The command `listseal list resume`.
struct ListResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Take posts and commands again."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws { try ListPause.set(false, list, state, output) }
}
