public import Foundation
public import MailingList
import NIOCore
public import OpenPGP
import SMTP

/// Makes copies of the archived posts of a list, for one person.
public struct ArchiveExporter: Sendable {
    private let store: any ListStore
    private let sealer: Sealer

    /// Makes an exporter that reads this store and opens posts with the sealer.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// The number of archived posts of a list.
    ///
    /// - Throws: An error of the store.
    public func count(of list: MailingList) throws -> Int {
        try store.archivedCount(of: list.id)
    }

    /// Gives each copy to a closure, complete and with its own name.
    ///
    /// It skips a post that the list did not seal, and continues with the others.
    ///
    /// - Returns: The Message-IDs of the skipped posts.
    /// - Throws: Errors of the engine or the store, and ``ArchiveError/keyUnusable``.
    public func forEachCopy(
        of list: MailingList,
        to certificate: Certificate,
        now: Date,
        _ body: (String, [UInt8]) throws -> Void
    ) throws -> [String] {
        var forged: [String] = []
        var last: Int64 = 0
        // Read one post at a time, because a post may have 100 MB.
        while true {
            let found = try store.archivedPosts(of: list.id, after: last, limit: 1).first
            guard let (id, post) = found else { return forged }
            last = id
            let octets: [UInt8]
            do {
                octets = try copy(of: post, of: list, to: certificate, now: now)
            } catch is CopyError {
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

/// The reason why archived posts cannot be exported.
public enum ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The person's key cannot encrypt.
    case keyUnusable

    /// What happened, and what to do next.
    public var description: String {
        "the key cannot be encrypted to now; nothing was written in clear. Ask for a renewed one."
    }
}
