import Foundation
import MIME
import MailingList
import SMTP

/// What a sealed post is, inside its signature.
///
/// Without it, whoever can write the database could put an old sealed post in the place of
/// a new one, make owners' mail a post, or an encrypted post leave in clear, and every
/// signature would be good.
enum PostIdentity {
    private static let fieldName = "X-Listseal-Post"

    /// The field inside a sealed post.
    static func field(of post: SealedPost) -> Entity.Field {
        Entity.Field(fieldName, structured: value(of: post, post.kind))
    }

    private static func value(of post: SealedPost, _ kind: SealedPost.Kind) -> String {
        "\(post.identifier) \(kind.rawValue)"
    }

    /// As what kind a post was sealed, if it is what its row says: which one, what stands
    /// outside of its copies, from whom and to whom; nil if not.
    static func kind(inside plaintext: [UInt8], of post: SealedPost) -> SealedPost.Kind? {
        guard let header = try? MessageHeader(plaintext, limits: .sealed) else { return nil }
        // The archive, which has no kinds, gives away encrypted what left in clear; never the
        // other way round.
        let kinds = post.kind == .post ? [post.kind, .clearPost] : [post.kind]
        let identity = header.values(fieldName)
        guard identity.count == 1,
            let kind = kinds.first(where: { identity[0] == value(of: post, $0) }),
            header.values("Date") == [MessageDate.format(post.date)],
            header.values("Message-ID") == [post.messageID],
            header.values("X-Loop") == post.loops
        else { return nil }
        if let recipient = post.recipient {
            guard addresses(header, "To") == [recipient] else { return nil }
        }
        // Nobody else may make it anybody's mail.
        guard post.author.map({ addresses(header, "From") == [$0] }) ?? true else { return nil }
        return kind
    }

    private static func addresses(_ header: MessageHeader, _ name: String) -> [EmailAddress] {
        header.values(name).flatMap { Mailbox.list($0) ?? [] }.map(\.address)
    }
}
