public import Foundation
public import Logging
public import MailingList
import SMTP
public import ServiceLifecycle

/// Tells the owners, sealed, which subscribers get no copies and why.
///
/// Owners who cannot read it get a summons without content: that there is
/// something to see on the host. Each subscriber is reported once.
public struct OwnerReporter: Service {
    /// Seconds between two looks.
    static let interval = 5
    /// Subscribers in one report.
    static let limit = 500
    /// Held posts in one warning.
    static let maximumHeld = 100

    let store: any ListStore
    let sealer: Sealer
    let bell: DistributionBell
    let clock: @Sendable () -> Date
    let logger: Logger

    /// Builds the service.
    public init(
        store: any ListStore,
        sealer: Sealer,
        bell: DistributionBell,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.sealer = sealer
        self.bell = bell
        self.clock = clock
        self.logger = logger
    }

    /// Reports until shutdown.
    public func run() async throws {
        let pool = BlockingPool()
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                if try await pool.run({ try report() || warn() }) { bell.ring() }
            } catch {
                logger.error("cannot report to the owners: \(error)")
            }
        }
    }

    /// Tells owners and moderators of posts that wait for them and are dropped soon; says
    /// whether there are any.
    @Sendable
    func warn() throws -> Bool {
        let now = clock()
        let days = HeldPost.lifetime - HeldPost.warning
        let posts = try store.unwarnedHeldPosts(
            before: now.addingTimeInterval(-TimeInterval(days * 86_400)),
            limit: Self.maximumHeld
        )
        for (id, posts) in Dictionary(grouping: posts, by: \.list) {
            guard let list = try store.list(id) else { continue }
            let lines = posts.map { post in
                "  \(post.id)  \(post.author?.description ?? "nobody")  \(post.reason.rawValue), "
                    + "until \(post.expires.formatted(.iso8601))"
            }
            let answer = Answer(
                reader: .deciders,
                text: AnswerText(
                    .heldLong,
                    ["count": "\(posts.count)", "posts": lines.joined(separator: "\n")]
                ),
                attachments: [],
                answering: nil
            )
            guard let sealed = try sealer.seal(answer, of: list, now: now) else { continue }
            do {
                try store.warn(sealed, about: posts.map(\.id), of: list.id, now: now)
            } catch ListStoreError.noReader {
                // Nobody was told, so nothing is dropped; 'status' says that nobody can read.
                continue
            }
        }
        return !posts.isEmpty
    }

    /// Writes one report for each list that needs one; says whether any did.
    @Sendable
    func report() throws -> Bool {
        let subscribers = try store.unnotifiedUnusableSubscribers(limit: Self.limit)
        for (id, people) in Dictionary(grouping: subscribers, by: \.list) {
            guard let list = try store.list(id) else { continue }
            let lines = people.map { person in
                "\(person.address): "
                    + (person.certificate == nil
                        ? "has no confirmed key"
                        : "her key cannot encrypt now; it has expired or was revoked")
            }
            let text =
                "These subscribers of \(list.address) get no copies, and nothing in clear:\n\n"
                + lines.joined(separator: "\n")
                + "\n\nA renewed key goes in with 'listseal subscriber set-key'.\n"
            try store.report(
                try sealer.seal(reportToOwners: text, of: list, now: clock()),
                summons: sealer.summons(of: list, now: clock()),
                about: people.map(\.id),
                of: list.id,
                now: clock()
            )
        }
        return !subscribers.isEmpty
    }
}
