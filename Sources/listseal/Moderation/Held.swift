import Administration
import ArgumentParser
import ListServer
import MailingList

/// The command `listseal held`.
struct Held: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held",
        abstract: "List, show and decide on posts that wait for a moderator.",
        subcommands: [
            HeldList.self, HeldShow.self, HeldAccept.self, HeldReject.self, HeldDiscard.self,
        ]
    )
}

/// The command `listseal held list`.
struct HeldList: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the posts of a list that wait."
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<[HeldPostReport]> {
        try host.heldPosts(of: list)
    }

    func lines(of posts: [HeldPostReport]) -> [String] { posts.map(\.line) }
}

/// The command `listseal held show`.
struct HeldShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a post that waits, as it arrived.",
        discussion: "What was encrypted stays encrypted: 'listseal explain' says what is in it."
    )

    @Argument(help: "Its number, as 'listseal held list' prints it.")
    var id: Int64
    @OptionGroup var state: StateOptions

    func run() throws {
        let host = try state.presentHost()
        defer { host.keys.stopAgents(startedHere: true) }
        try OutputOptions.write(try host.original(ofHeldPost: id))
    }
}

extension HeldPostReport {
    /// The post in one line.
    var line: String {
        "\(id)  \(author ?? "nobody")  \(reasons.joined(separator: ", ")): \(detail)  "
            + "\(size.readableSize)  until \(expires.readable)"
    }
}
