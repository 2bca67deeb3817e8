import Administration
import ArgumentParser
import MailingList

/// The posts that a decision is about.
struct HeldPostArguments: ParsableArguments {
    @Argument(help: "Their numbers, as 'listseal held list' prints them.")
    var ids: [Int64]
}

/// A command that decides on held posts.
protocol HeldDecisionCommand: ActCommand where Report == [DecidedPost] {
    var posts: HeldPostArguments { get }
    var decision: HeldPostDecision { get }
}

extension HeldDecisionCommand {
    func act(on host: ListHost) throws -> ActResult<[DecidedPost]> {
        try host.decide(decision, onHeldPosts: posts.ids)
    }

    func lines(of posts: [DecidedPost]) -> [String] {
        posts.map { "\($0.decision): \($0.post.line)" }
    }
}

/// The command `listseal held accept`.
struct HeldAccept: HeldDecisionCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Distribute posts that wait."
    )

    @OptionGroup var posts: HeldPostArguments
    @OptionGroup var options: ActOptions

    var decision: HeldPostDecision { .accept }
}

/// The command `listseal held reject`.
struct HeldReject: HeldDecisionCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject posts that wait; an author whose signature is good is told why."
    )

    @OptionGroup var posts: HeldPostArguments
    @Option(help: "The reason, which the author reads.")
    var reason: String = ""
    @OptionGroup var options: ActOptions

    var decision: HeldPostDecision { .reject(reason: reason) }
}

/// The command `listseal held discard`.
struct HeldDiscard: HeldDecisionCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Drop posts that wait; nobody is told."
    )

    @OptionGroup var posts: HeldPostArguments
    @OptionGroup var options: ActOptions

    var decision: HeldPostDecision { .discard }
}
