import MIME
import MailingList
import SMTP

/// The name of a sealed post, inside its signature.
///
/// Without it, whoever can write the database could put an old sealed post in
/// the place of a new one, and every signature would be good.
enum PostIdentity {
    static let fieldName = "X-Listseal-Post"

    /// Whether a post is what its row says: this one, and from whom the copies shall be.
    static func isInside(_ plaintext: [UInt8], of post: SealedPost) -> Bool {
        guard let root = try? Message(LineEndings.canonical(plaintext)).root else { return false }
        let fields = root.fields(named: fieldName)
        guard fields.count == 1, fields.first?.value == post.identifier else { return false }
        // Nobody else may make it anybody's mail.
        guard let author = post.author else { return true }
        let from = root.fields(named: "From")
        return from.count == 1
            && from.first.flatMap { Mailbox.list($0.value) }?.map(\.address) == [author]
    }
}
