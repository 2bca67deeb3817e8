import Foundation
import MailingList
import SMTP

/// A sealed post before it has content: everything that its outer header needs.
struct PostDraft: Sendable {
    /// What the post is.
    let kind: SealedPost.Kind
    /// The list that sends it.
    let list: MailingList
    /// The date of its copies; seconds count, fractions do not.
    let date: Date
    /// The author's Message-ID, which the copies' Message-ID is made of; nil for a mail of
    /// the list's own.
    var original: String?
    /// The author's Message-ID, if the copies keep it.
    var kept: String?
    /// The lists that the post has passed before.
    var loops: [String] = []
    /// The one person who reads it; nil for more.
    var recipient: EmailAddress?
    /// The Message-ID of the mail that it answers.
    var answering: String?
    /// The author, if From of the copies names the author and not the list.
    var author: EmailAddress?

    init(_ kind: SealedPost.Kind, of list: MailingList, _ date: Date) {
        self.kind = kind
        self.list = list
        self.date = date
    }
}

extension Sealer {
    /// The post of a draft, still without its sealed octets.
    func post(_ draft: PostDraft) -> SealedPost {
        var random = RandomSource()
        let identifier = Base32.random(octets: 16, using: &random)
        var post = SealedPost(
            identifier: identifier,
            kind: draft.kind,
            messageID: draft.kept ?? messageID(for: draft.original ?? identifier, of: draft.list),
            date: Date(timeIntervalSince1970: draft.date.timeIntervalSince1970.rounded(.down)),
            loops: draft.loops + [draft.list.listID],
            recipient: draft.recipient,
            bytes: []
        )
        post.answering = draft.answering.flatMap(Self.oneMessageID)
        post.author = draft.author
        return post
    }
}
