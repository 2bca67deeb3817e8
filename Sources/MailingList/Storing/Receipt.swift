import Crypto
public import Foundation

/// The fact that this very delivery has been taken.
///
/// A client that never saw our 250 sends again, and a message with two ways to
/// a list comes twice, the milter's way and the gate's. Both are answered 250
/// without a second distribution, however late. Line breaks do not count: the
/// two doors agree on everything else.
public struct Receipt: Sendable, Hashable {
    /// SHA-256 over list, role, Message-ID and raw body.
    public let digest: [UInt8]

    /// Longer than MTAs try again (RFC 5321 §4.5.4.1: 4 to 5 days), and than a
    /// queue that somebody forgot over a holiday.
    public static let lifetime: TimeInterval = 10 * 86_400

    /// Computes the receipt of a message for one role of one list.
    public init(
        list: MailingList,
        role: ListRole,
        messageID: String?,
        body: some BidirectionalCollection<UInt8>
    ) {
        var hash = SHA256()
        for word in ["listseal receipt 1", list.listID, role.name, messageID ?? ""] {
            hash.update(data: Data(word.utf8))
            hash.update(data: [0])
        }
        // The last line break is a matter of the door, not of the message.
        var end = body.endIndex
        while end > body.startIndex {
            let before = body.index(before: end)
            guard body[before] == 0x0d || body[before] == 0x0a else { break }
            end = before
        }
        hash.update(data: body[..<end].filter { $0 != 0x0d })
        digest = Array(hash.finalize())
    }

    /// The fact that a wrong answer in this delivery was counted.
    ///
    /// The delivery is refused, so it has no receipt of its own. If it comes again, it is
    /// judged and refused again, and counted once.
    public var ofWrongAnswer: Receipt { Receipt(wrongAnswerIn: digest) }

    private init(wrongAnswerIn receipt: [UInt8]) {
        digest = Array(SHA256.hash(data: Data("listseal wrong answer 1\0".utf8) + receipt))
    }
}
