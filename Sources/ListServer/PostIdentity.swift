import MIME
import MailingList
import SMTP

/// The name of a sealed post, inside its signature.
///
/// Without it, whoever can write the database could put an old sealed post in
/// the place of a new one, and every signature would be good.
enum PostIdentity {
    private static let fieldName = "X-Listseal-Post"

    /// The field inside a sealed post.
    static func field(of post: SealedPost) -> Entity.Field {
        Entity.Field(fieldName, structured: value(of: post, inClear: post.kind.isClear))
    }

    // Nobody else may make it leave in clear.
    private static func value(of post: SealedPost, inClear: Bool) -> String {
        inClear ? "\(post.identifier) clear" : post.identifier
    }

    /// Whether a post is what its row says: this one, and from whom the copies shall be.
    static func isInside(_ plaintext: [UInt8], of post: SealedPost) -> Bool {
        guard let root = try? Message(LineEndings.canonical(plaintext)).root else { return false }
        let fields = root.fields(named: fieldName)
        // What may leave in clear may also be read by somebody with a key: the archive.
        guard fields.count == 1, let value = fields.first?.value,
            value == self.value(of: post, inClear: true)
                || !post.kind.isClear && value == self.value(of: post, inClear: false)
        else { return false }
        // Nobody else may make it anybody's mail.
        guard let author = post.author else { return true }
        let from = root.fields(named: "From")
        return from.count == 1
            && from.first.flatMap { Mailbox.list($0.value) }?.map(\.address) == [author]
    }
}
