public import Foundation
public import Logging
public import MailingList
import SMTP
public import ServiceLifecycle

/// Sends reports to the owners, and tells each subscriber what concerns them.
///
/// Reports are encrypted: which subscribers receive no copies, which keys expire, which posts
/// wait. Owners to whom the list cannot encrypt receive a mail without content, which asks
/// them to look on the host. Each subscriber is reported once. There is one mail a day of each
/// kind (``OwnerReport``).
public struct OwnerReporter: Service {
    /// Seconds between two looks.
    static let interval = 5
    /// Subscribers in one report.
    static let limit = 500
    /// Held posts in one warning.
    static let maximumHeld = 100

    let store: any ListStore
    let sealer: Sealer
    let wakeUp: WakeUp
    let clock: @Sendable () -> Date
    let logger: Logger

    /// Builds the service.
    public init(
        store: any ListStore,
        sealer: Sealer,
        wakeUp: WakeUp,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.sealer = sealer
        self.wakeUp = wakeUp
        self.clock = clock
        self.logger = logger
    }

    /// Reports until shutdown.
    public func run() async throws {
        let pool = BlockingPool()
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                let didReport = try await pool.run {
                    try [
                        report(), warnOfHeldPosts(), warnOfKeys(), tellOfBounces(), tellOfUnsent(),
                        tellOfMissedCopies(), tellOfDrops(),
                    ].contains(true)
                }
                if didReport { wakeUp.signal() }
            } catch {
                logger.error("cannot report to the owners: \(error)")
            }
        }
    }

    /// What each list has to tell, of those that have anything.
    ///
    /// Which lists those are is one question, so that lists with nothing to tell cost
    /// nothing. Throws what the store throws.
    func items<Item>(
        awaiting pending: PendingReport,
        due report: OwnerReport? = nil,
        _ read: (MailingList.ID) throws -> [Item]
    ) throws -> [Item] {
        try store.lists(awaiting: pending, due: report, now: clock()).flatMap(read)
    }

    /// Does something for each list; what fails for one does not keep the others from it.
    ///
    /// - Returns: Whether it was done for any.
    func forEachList<Item>(
        of items: [Item],
        by list: (Item) -> MailingList.ID,
        _ work: (MailingList, [Item]) throws -> Void
    ) throws -> Bool {
        var isDone = false
        for (id, items) in Dictionary(grouping: items, by: list) {
            guard let list = try store.list(id) else { continue }
            do {
                try work(list, items)
                isDone = true
            } catch ListStoreError.noReader {
                // Nobody could be told; 'status' says so.
                continue
            } catch {
                logger.error(
                    "cannot report to the owners: \(error)",
                    metadata: ["list": "\(list.address.key)"]
                )
            }
        }
        return isDone
    }

    /// Tells owners and moderators of posts that wait for them and are dropped soon.
    func warnOfHeldPosts() throws -> Bool {
        let now = clock()
        let days = HeldPost.lifetime - HeldPost.warning
        let before = now.addingTimeInterval(-TimeInterval(days) * UTCDay.seconds)
        let posts = try items(awaiting: .heldPosts(before: before)) {
            try store.unwarnedHeldPosts(of: $0, before: before, limit: Self.maximumHeld)
        }
        let soonest = now.addingTimeInterval(TimeInterval(HeldPost.warning * 86_400))
        return try forEachList(of: posts, by: \.list) { list, posts in
            let lines = posts.map { post in
                TextValue.row([
                    .text("\(post.id)"), .address(post.author), .objections([post.reason]),
                    .until(max(post.expires, soonest)),
                ])
            }
            let answer = Answer(
                reader: .deciders,
                text: AnswerText(
                    .heldLong,
                    ["count": .text("\(posts.count)"), "posts": .lines(lines)]
                ),
                attachments: [],
                answering: nil
            )
            guard let sealed = try sealer.seal(answer, of: list, now: now) else { return }
            try store.warn(sealed, about: posts.map(\.id), of: list.id, now: now)
        }
    }

    /// Writes one report for each list that needs one; says whether any did.
    func report() throws -> Bool {
        let subscribers = try items(awaiting: .unusableKeys, due: .unusableKeys) {
            try store.unnotifiedUnusableSubscribers(of: $0, limit: Self.limit)
        }
        return try forEachList(of: subscribers, by: \.list) { list, people in
            let lines = people.map { person in
                TextValue.row([
                    .address(person.address), .keyFault(hasKey: person.certificate != nil),
                ])
            }
            let text = AnswerText(
                .unusableKeys,
                ["count": .text("\(people.count)"), "people": .lines(lines)]
            )
            try store.report(
                try sealer.seal(reportToOwners: text, of: list, now: clock()),
                summons: sealer.summons(of: list, now: clock()),
                about: people.map(\.id),
                of: list.id,
                now: clock()
            )
        }
    }
}
