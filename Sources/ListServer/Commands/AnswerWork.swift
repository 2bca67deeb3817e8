import GnuPG
import MailingList

/// The runs of gpg that writing answers takes.
///
/// A subscriber gets an encrypted answer, a stranger one in clear, and of some commands only
/// one of them gets any. So for a mail that nobody is proven to have written the list works as
/// if each command had an answer in clear with the list's key, whatever it wrote.
struct AnswerWork: Sendable, Hashable {
    /// Exports of the list's key.
    private(set) var exports = 0
    /// Signatures in clear.
    private(set) var signatures = 0
    /// Encryptions to the list's key.
    private(set) var seals = 0

    /// As large as an answer with a key.
    private static let filler = [UInt8](repeating: 0x20, count: 4096)

    /// The work for so many commands of somebody who has proven nothing.
    init(ofCommands count: Int) {
        (exports, signatures, seals) = (count, count, count)
    }

    /// The work that some answers have taken.
    init(of answers: [(answer: Answer, sealed: SealedAnswer)]) {
        for (answer, sealed) in answers {
            exports += answer.attachments.count { $0 == .listKey }
            signatures += sealed.post.kind == .clearAnswer ? 1 : 0
            seals += 1
        }
    }

    /// Does the work that is missing.
    ///
    /// - Throws: An error of the engine.
    func complete(after done: Self, with keyring: ListKeyring) throws {
        for _ in 0..<max(0, exports - done.exports) { _ = try keyring.publicKey() }
        for _ in 0..<max(0, signatures - done.signatures) { _ = try keyring.sign(Self.filler) }
        for _ in 0..<max(0, seals - done.seals) {
            _ = try keyring.seal(Self.filler, signed: true)
        }
    }
}
