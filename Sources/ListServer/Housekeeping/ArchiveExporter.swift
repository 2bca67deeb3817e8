public import Foundation
public import MailingList
import NIOCore
public import OpenPGP
import SMTP

/// Makes copies of the posts that a list has kept, for one person.
public struct ArchiveExporter: Sendable {
    private let store: any ListStore
    private let sealer: Sealer

    /// Reads this store, and knows by the sealer what it holds.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// How many posts a list has kept.
    ///
    /// Throws what the store throws.
    public func count(of list: MailingList) throws -> Int {
        try store.archivedCount(of: list.id)
    }

    /// Hands over each copy, whole, with a name of its own.
    ///
    /// What is not what the list has kept is left out, and the others are not.
    ///
    /// - Returns: The Message-IDs of what was left out.
    /// - Throws: what the engine or the store throws, and ``ArchiveError/keyUnusable``.
    public func forEachCopy(
        of list: MailingList,
        to certificate: Certificate,
        now: Date,
        _ body: (String, [UInt8]) throws -> Void
    ) throws -> [String] {
        var forged: [String] = []
        var last: Int64 = 0
        // One at a time: each may have 100 MB.
        while true {
            let found = try store.archivedPosts(of: list.id, after: last, limit: 1).first
            guard let (id, post) = found else { return forged }
            last = id
            let octets: [UInt8]
            do {
                octets = try copy(of: post, of: list, to: certificate, now: now)
            } catch CopyError.forged {
                forged.append(post.messageID)
                continue
            }
            try body(
                "\(Int(post.date.timeIntervalSince1970)).\(post.identifier).listseal",
                octets
            )
        }
    }

    private func copy(
        of post: SealedPost,
        of list: MailingList,
        to certificate: Certificate,
        now: Date
    ) throws -> [UInt8] {
        let delivery = Delivery(
            id: 0,
            post: 0,
            subscriber: nil,
            recipient: list.address,
            token: nil,
            certificate: certificate,
            attempts: 0
        )
        let source = try CopyMaker(list: list, post: post, sealer: sealer)
        switch try source.copy(for: delivery, now: now) {
        case .success(let parts): return parts.flatMap { Array($0.readableBytesView) }
        case .failure: throw ArchiveError.keyUnusable
        }
    }
}

/// Why the posts that were kept cannot be given to somebody.
public enum ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nothing can be encrypted to her key.
    case keyUnusable

    /// What happened, and what to do next.
    public var description: String {
        "the key cannot be encrypted to now; nothing was written in clear. Ask for a renewed one."
    }
}
