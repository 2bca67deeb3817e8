package import Foundation
import ListServer
package import MailingList
import SMTP

/// A held post as an administrator sees it: nothing of its content.
package struct HeldPostReport: Sendable, Hashable, Encodable {
    /// The number by which it is decided on.
    package let id: Int64
    /// The address in From.
    package let author: String?
    /// Why it is held, the deciding reason first.
    package let reasons: [String]
    /// The same in words.
    package let detail: String
    /// Octets as received.
    package let size: Int
    /// When it arrived.
    package let received: Date
    /// When it is dropped if nobody decides.
    package let expires: Date

    init(_ post: HeldPost) {
        id = post.id
        author = post.author?.description
        reasons = post.reasons.map(\.rawValue)
        detail = post.detail
        size = post.size
        received = post.received
        expires = post.expires
    }
}

/// A held post, and what was decided on it.
package struct DecidedPost: Sendable, Hashable, Encodable {
    /// The post.
    package let post: HeldPostReport
    /// The decision, in a word or two.
    package let decision: String
}

extension ListHost {
    /// Names the posts of a list that wait for a moderator, the oldest first.
    package func heldPosts(of list: MailingList) throws -> ActResult<[HeldPostReport]> {
        var reports: [HeldPostReport] = []
        try Self.forEach(pagesOf: 50, store.heldPosts(of:after:limit:), list.id) {
            reports.append(HeldPostReport($0))
        }
        return ActResult(reports)
    }

    /// Returns a held post as it arrived; what was encrypted stays encrypted.
    ///
    /// Throws ``ActFailure`` of kind `notFound`, ``ModerationError`` if somebody changed the
    /// database, and what the engine throws.
    package func original(ofHeldPost id: HeldPost.ID) throws -> [UInt8] {
        let (post, list) = try heldPost(id)
        return try moderation(try sealer()).original(of: post, of: list)
    }

    /// The held post with this number, and its list.
    func heldPost(_ id: HeldPost.ID) throws -> (HeldPost, MailingList) {
        guard let post = try store.heldPost(id), let list = try store.list(post.list) else {
            throw ActFailure(
                .notFound,
                "no post \(id) waits",
                hint: "'listseal held list LIST' prints the posts that wait"
            )
        }
        return (post, list)
    }
}
