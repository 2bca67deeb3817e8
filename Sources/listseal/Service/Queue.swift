import ArgumentParser
import Foundation
import MailingList
import SMTP

/// The command `listseal queue`.
struct Queue: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show, retry or drop the copies that are owed.",
        subcommands: [QueueShow.self, QueueRetry.self, QueueDrop.self],
        defaultSubcommand: QueueShow.self
    )
}

/// The command `listseal queue show`.
struct QueueShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the copies that are owed."
    )

    @Argument(help: "Only those of this list.")
    var list: String?
    @Option(help: "Print at most so many.")
    var limit = 1000
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Owed: Encodable {
        let id: Int64
        let list: String
        let messageID: String
        let recipient: String
        let sealed: Date
        let attempts: Int
        let next: Date
        let reason: String?
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try list.map(administration.list(at:))
        let owed = try administration.store
            .owedCopies(of: target?.id, after: 0, limit: limit)
            .map {
                Owed(
                    id: $0.id,
                    list: $0.list.description,
                    messageID: $0.messageID,
                    recipient: $0.recipient.description,
                    sealed: $0.sealed,
                    attempts: $0.attempts,
                    next: $0.next,
                    reason: $0.reason
                )
            }
        try output.print(
            owed,
            or: owed.isEmpty
                ? ["nothing is owed"]
                : owed.map { copy in
                    "\(copy.id)  \(copy.list)  \(copy.recipient)  next "
                        + "\(OutputOptions.time(copy.next))  \(copy.attempts) attempts  "
                        + (copy.reason ?? "")
                }
        )
    }
}

/// The command `listseal queue retry`.
struct QueueRetry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try everything that is owed again now."
    )

    @Argument(help: "Only what is owed for this list.")
    var list: String?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try list.map(administration.list(at:))
        let count = try administration.store.retryDeliveries(of: target?.id, now: Date())
        try output.print(["retried": count], or: ["\(count) copies are due now"])
    }
}

/// The command `listseal queue drop`.
struct QueueDrop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Give owed copies up, by their numbers.",
        discussion: "Their subscribers do not get the post. Nobody is told."
    )

    @Argument(help: "The numbers that 'queue show' prints.")
    var ids: [Int64]
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let count = try administration.store.dropDeliveries(ids)
        try output.print(["dropped": count], or: ["\(count) copies are dropped"])
        if count < ids.count {
            throw CommandFailure(
                "\(ids.count - count) of these numbers are not owed",
                hint: "'listseal queue show' prints those that are"
            )
        }
    }
}
