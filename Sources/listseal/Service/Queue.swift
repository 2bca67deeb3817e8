import Administration
import ArgumentParser
import MailingList

/// The command `listseal queue`.
struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show, retry or drop the copies that are not delivered yet.",
        subcommands: [QueueShow.self, QueueRetry.self, QueueDrop.self],
        defaultSubcommand: QueueShow.self
    )
}

/// The command `listseal queue show`.
struct QueueShow: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the copies that are not delivered yet."
    )

    @Argument(help: "Only those of this list.")
    var list: String?
    @Option(help: "Print at most so many.")
    var limit = 1000
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[PendingCopy]> {
        try host.pendingCopies(of: list.map(host.list(at:)), limit: limit)
    }

    func lines(of copies: [PendingCopy]) -> [String] {
        copies.isEmpty
            ? ["every copy is delivered"]
            : copies.map { copy in
                "\(copy.id)  \(copy.list)  \(copy.recipient)  next \(copy.next.readable)  "
                    + "\(copy.attempts) attempts  \(copy.reason ?? "")"
            }
    }
}

/// The command `listseal queue retry`.
struct QueueRetry: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try now to deliver every copy that is not delivered yet."
    )

    @Argument(help: "Only those of this list.")
    var list: String?
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[String: Int]> {
        try host.retryCopies(of: list.map(host.list(at:)))
    }

    func lines(of count: [String: Int]) -> [String] {
        ["\(count["retried", default: 0]) copies are due now"]
    }
}

/// The command `listseal queue drop`.
struct QueueDrop: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Give copies up, by their numbers.",
        discussion: "Their subscribers do not receive the post. Nobody is told."
    )

    @Argument(help: "The numbers that 'queue show' prints.")
    var ids: [Int64]
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[String: Int]> { try host.dropCopies(ids) }

    func lines(of count: [String: Int]) -> [String] {
        ["\(count["dropped", default: 0]) copies are dropped"]
    }
}
