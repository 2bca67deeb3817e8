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
                "\(copy.id)  \(copy.list)  \(copy.recipient)  \(Self.next(copy))  "
                    + "\(copy.attempts) attempts  \(copy.reason ?? "")"
            }
    }

    private static func next(_ copy: PendingCopy) -> String {
        switch copy.waits {
        case nil: "next \(copy.next.readable)"
        case "unknown": "waits for you: it may have been sent"
        default: "waits for you: it was refused"
        }
    }
}

/// The command `listseal queue retry`.
struct QueueRetry: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try now to deliver every copy that is not delivered yet.",
        discussion: "This includes copies that wait for you because Postfix refused them, or "
            + "because Postfix may have them already. Name numbers to choose."
    )

    @Argument(help: "Only those of this list.")
    var list: String?
    @Option(name: .customLong("copy"), help: "Only this copy; 'queue show' prints the number.")
    var copies: [Int64] = []
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<[String: Int]> {
        copies.isEmpty
            ? try host.retryCopies(of: list.map(host.list(at:))) : try host.retryCopies(copies)
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
