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

    /// Whether a post is what its row says: which one, of which kind, what stands outside of
    /// its copies, from whom and to whom.
    static func isInside(_ plaintext: [UInt8], of post: SealedPost) -> Bool {
        guard
            let header = try? MessageHeader(LineEndings.canonical(plaintext), limits: .sealed)
        else { return false }
        // The archive gives away encrypted what left in clear; never the other way round.
        let kinds = post.kind == .post ? [post.kind, .clearPost] : [post.kind]
        let identity = header.values(fieldName)
        guard identity.count == 1, kinds.contains(where: { identity[0] == value(of: post, $0) }),
            header.values("Date") == [MessageDate.format(post.date)],
            header.values("Message-ID") == [post.messageID],
            header.values("X-Loop") == post.loops
        else { return false }
        if let recipient = post.recipient {
            guard addresses(header, "To") == [recipient] else { return false }
        }
        // Nobody else may make it anybody's mail.
        guard let author = post.author else { return true }
        return addresses(header, "From") == [author]
    }

    /// Whether it was sealed to leave in clear, whatever its row says: the archive has no kinds.
    static func isClear(_ plaintext: [UInt8]) -> Bool {
        let header = try? MessageHeader(LineEndings.canonical(plaintext), limits: .sealed)
        let word = header?.values(fieldName).first?.split(separator: " ").last
        return word.flatMap { SealedPost.Kind(rawValue: String($0)) }?.isClear ?? false
    }

    private static func addresses(_ header: MessageHeader, _ name: String) -> [EmailAddress] {
        header.values(name).flatMap { Mailbox.list($0) ?? [] }.map(\.address)
    }
}
