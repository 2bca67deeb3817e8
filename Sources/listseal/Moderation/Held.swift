import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal held`.
struct Held: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held",
        abstract: "List, show and decide about posts that wait for a moderator.",
        subcommands: [
            HeldList.self, HeldShow.self, HeldAccept.self, HeldReject.self, HeldDiscard.self,
        ]
    )
}

/// A held post as it is printed: nothing of what is in it.
struct HeldReport: Encodable {
    let id: Int64
    let author: String?
    let reasons: [String]
    let detail: String
    let size: Int
    let received: Date
    let expires: Date

    init(_ post: HeldPost) {
        id = post.id
        author = post.author?.description
        reasons = post.reasons.map(\.rawValue)
        detail = post.detail
        size = post.size
        received = post.received
        expires = post.expires
    }

    var line: String {
        "\(id)  \(author ?? "nobody")  \(reasons.joined(separator: ", ")): \(detail)  "
            + "\(size) octets  until \(OutputOptions.time(expires))"
    }
}

/// The command `listseal held list`.
struct HeldList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the posts of a list that wait."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        var reports: [HeldReport] = []
        var last: HeldPost.ID = 0
        while true {
            let page = try administration.store.heldPosts(of: target.id, after: last, limit: 50)
            guard let end = page.last else { break }
            last = end.id
            reports += page.map(HeldReport.init)
        }
        try output.print(reports, or: reports.map(\.line))
    }
}

/// The command `listseal held show`.
struct HeldShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a post that waits, as it came.",
        discussion: "What was encrypted stays encrypted: 'listseal explain' says what is in it."
    )

    @Argument(help: "Its number, as 'listseal held list' prints it.")
    var id: Int64
    @OptionGroup var state: StateOptions

    func run() throws {
        let (post, list, moderation, _) = try HeldDecision.find(id, in: Administration(state))
        try FileHandle.standardOutput.write(
            contentsOf: Data(moderation.original(of: post, of: list))
        )
    }
}

/// The command `listseal held accept`.
struct HeldAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Distribute posts that wait."
    )

    @Argument(help: "Their numbers.")
    var ids: [Int64]
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try HeldDecision.make(ids, state, output) { post, list, moderation, now in
            switch try moderation.release(post, of: list, now: now) {
            case .released(let transition): return (transition, "accepted")
            case .asked(let transition):
                return (transition, "waits again, for something speaks against it now")
            case .impossible(let reason):
                throw CommandFailure(
                    "post \(post.id) cannot be distributed: \(reason)",
                    hint: "'listseal held reject' or 'listseal held discard' ends it"
                )
            }
        }
    }
}

/// The command `listseal held reject`.
struct HeldReject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject posts that wait; an author whose signature is good is told why."
    )

    @Argument(help: "Their numbers.")
    var ids: [Int64]
    @Option(help: "The reason, which the author reads.")
    var reason: String = ""
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try HeldDecision.make(ids, state, output) { post, list, moderation, now in
            (
                try moderation.rejection(of: post, of: list, reason: reason, now: now),
                "rejected"
            )
        }
    }
}

/// The command `listseal held discard`.
struct HeldDiscard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Drop posts that wait; nobody is told."
    )

    @Argument(help: "Their numbers.")
    var ids: [Int64]
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try HeldDecision.make(ids, state, output) { post, _, _, _ in
            (Transition(changes: [.dismiss(post.id)]), "discarded")
        }
    }
}

private enum HeldDecision {
    struct Decided: Encodable {
        let post: HeldReport
        let decision: String
    }

    static func find(
        _ id: Int64,
        in administration: Administration
    ) throws -> (HeldPost, MailingList, Moderation, Sealer) {
        let store = administration.store
        guard let post = try store.heldPost(id), let list = try store.list(post.list) else {
            throw CommandFailure(
                "no post \(id) waits",
                hint: "'listseal held list LIST' prints those that do"
            )
        }
        let sealer = try administration.sealer()
        let opener = MessageOpener(store: store, keys: administration.keys)
        return (post, list, Moderation(store: store, opener: opener, sealer: sealer), sealer)
    }

    static func make(
        _ ids: [Int64],
        _ state: StateOptions,
        _ output: OutputOptions,
        _ decide: (HeldPost, MailingList, Moderation, Date) throws -> (Transition, String)
    ) throws {
        let administration = try Administration(state)
        var all: [Decided] = []
        var failures: [CommandFailure] = []
        // Each is a decision of its own: what cannot be done of one keeps no other.
        for id in ids {
            do {
                all.append(try make(id, administration, decide))
            } catch let failure as CommandFailure {
                failures.append(failure)
            } catch {
                failures.append(
                    CommandFailure(
                        "nothing was decided about post \(id): \(error)",
                        hint: "'listseal held show \(id)' and 'listseal status' may tell more"
                    )
                )
            }
        }
        if !all.isEmpty || failures.isEmpty {
            try output.print(all, or: all.map { "\($0.decision): \($0.post.line)" })
        }
        guard let first = failures.first else { return }
        throw CommandFailure(failures.map(\.what).joined(separator: "\n"), hint: first.hint)
    }

    private static func make(
        _ id: Int64,
        _ administration: Administration,
        _ decide: (HeldPost, MailingList, Moderation, Date) throws -> (Transition, String)
    ) throws -> Decided {
        let (post, list, moderation, sealer) = try find(id, in: administration)
        let now = Date()
        let (transition, decision) = try decide(post, list, moderation, now)
        do {
            try administration.store.carryOut(
                transition.changes,
                answers: try transition.answers.compactMap {
                    try sealer.seal($0, of: list, now: now)
                },
                in: list.id,
                now: now
            )
        } catch ListStoreError.outdated {
            throw CommandFailure(
                "somebody else has decided about post \(id) meanwhile",
                hint: "'listseal held list \(list.address)' shows what still waits"
            )
        }
        return Decided(post: HeldReport(post), decision: decision)
    }
}
