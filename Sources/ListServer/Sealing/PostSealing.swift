import Foundation
import MailingList
import SMTP

/// Seals an accepted post, and says who gets it.
///
/// A post that is accepted when it arrives, and one that a moderator releases, pass here.
struct PostSealing: Sendable {
    let store: any ListStore
    let sealer: Sealer

    /// A post, ready to be stored.
    struct Result: Sendable {
        let post: SealedPost
        let audience: Acceptance.Audience
        /// The copies for people outside the list, as the author has ordered.
        let forwarded: [SealedAnswer]
    }

    /// Seals a post.
    ///
    /// - Parameters:
    ///   - opened: The post.
    ///   - judgement: The judgement that accepts it.
    ///   - list: The list.
    ///   - isReleased: Whether a moderator has released it. The moderator has seen no order
    ///     to forward it, so nothing is forwarded.
    ///   - now: The time.
    /// - Returns: What is to be stored; nil if the post has nothing that could be distributed.
    /// - Throws: what the engine and the store throw.
    func seal(
        _ opened: OpenedMessage,
        _ judgement: Judgement,
        for list: MailingList,
        isReleased: Bool = false,
        now: Date
    ) throws -> Result? {
        guard opened.content != nil else { return nil }
        let order = try Forwarder(store: store, sealer: sealer).outcome(
            of: opened,
            isProven: isReleased ? judgement.proof.isProven : judgement.isAuthorsOwn,
            isHeld: isReleased,
            for: list,
            now: now
        )
        let post = try sealer.seal(
            post: opened,
            overlooked: judgement.overlooked,
            resent: order.lines,
            for: list,
            now: now
        )
        let author = list.settings.deliversOwnPosts ? nil : judgement.proof.author?.id
        return Result(
            post: post,
            audience: .subscribers(except: author),
            forwarded: isReleased ? [] : order.answers
        )
    }
}
