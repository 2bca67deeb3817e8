import Foundation
import GnuPG
public import MailingList
import OpenPGP

/// Re-encrypts stored messages from a list's old key to its new key, and destroys the old
/// key after its end.
public struct KeyRetirement: Sendable {
    /// The seconds from a key's end to its destruction; earlier mail may still be judged.
    static let patience: TimeInterval = 3600
    /// The days before a list key's end at which an alarm is raised.
    static let notice = 30
    /// Keys that gpg is asked about in one round.
    static let maximumInspections = 100

    private let store: any ListStore
    private let sealer: Sealer

    /// Makes a retirement for this store, with the keys of the sealer.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// Seals the stored messages of a list to its new key.
    ///
    /// A message that is accepted at this moment may still use the old key; the next call
    /// handles it.
    ///
    /// - Returns: The number of messages that were sealed again.
    /// - Throws: An error of the engine or the store; messages sealed before it stay sealed.
    @discardableResult
    public func reseal(_ list: MailingList) throws -> Int {
        guard let previous = sealer.keys.previousKeyring(of: list) else { return 0 }
        let current = sealer.keys.keyring(of: list)
        // A post to deliver and an archived post can share one sealed message.
        let owed = try reseal(list.id, previous, current) { last in
            try store.storedPosts(of: list.id, after: last, limit: 1).first
        }
        let kept = try reseal(list.id, previous, current) { last in
            try store.archivedPosts(of: list.id, after: last, limit: 1).first
        }
        return owed + kept + (try resealHeld(of: list, previous, current))
    }

    // Read one message at a time, because a message may have 100 MB.
    private func reseal(
        _ list: MailingList.ID,
        _ previous: ListKeyring,
        _ current: ListKeyring,
        _ next: (Int64) throws -> (id: Int64, post: SealedPost)?
    ) throws -> Int {
        var count = 0
        var last: Int64 = 0
        while true {
            guard let found = try next(last) else { return count }
            last = found.id
            if try reseal(found.post, of: list, previous, current) { count += 1 }
        }
    }

    private func reseal(
        _ post: SealedPost,
        of list: MailingList.ID,
        _ previous: ListKeyring,
        _ current: ListKeyring
    ) throws -> Bool {
        guard try previous.isAddressed(by: post.bytes) else { return false }
        let limit = max(1 << 20, post.bytes.count)
        let bytes: [UInt8]
        do {
            if let mac = post.mac {
                guard sealer.mac(ofUnsigned: post, in: list) == mac else { return false }
                // A post without the list's signature keeps its packet, over which its
                // authentication code was made.
                bytes = try current.preserved(post.bytes, of: previous, limit: limit)
            } else {
                let inside = try previous.open(sealed: post.bytes, limit: limit).plaintext
                guard let kind = PostIdentity.kind(inside: inside, of: post) else { return false }
                bytes = try current.seal(
                    kind.isClear ? resigned(inside, by: current) : inside,
                    signed: true
                )
            }
        } catch let error as OpenPGPError where error.isForgery {
            // The list did not seal this post. The distributor finds it and alarms.
            return false
        }
        try store.replaceSeal(of: post, by: bytes)
        return true
    }

    // A cleartext copy has its own signature by the old key, which people may not trust.
    private func resigned(_ inside: [UInt8], by current: ListKeyring) throws -> [UInt8] {
        try CleartextCopy(in: inside)?.resigned { try current.sign($0) } ?? inside
    }

    private func resealHeld(
        of list: MailingList,
        _ previous: ListKeyring,
        _ current: ListKeyring
    ) throws -> Int {
        var count = 0
        var last: HeldPost.ID = 0
        while true {
            guard let row = try store.heldPosts(of: list.id, after: last, limit: 1).first else {
                return count
            }
            last = row.id
            guard let held = try store.heldPost(row.id), sealer.mac(of: held) == held.mac,
                try previous.isAddressed(by: held.bytes)
            else { continue }
            let message = try previous.open(
                sealed: held.bytes,
                limit: max(1 << 20, held.bytes.count),
                requireSignature: false
            ).plaintext
            let unsealed = held.sealed(bytes: try current.seal(message, signed: false))
            try store.replaceSeal(
                ofHeld: unsealed.authenticated(by: sealer.mac(of: unsealed)),
                replacing: held.bytes
            )
            count += 1
        }
    }

    /// Ends and destroys the previous key, even before its end.
    ///
    /// The order makes a crash harmless: as long as the store knows the key, the next round
    /// continues.
    ///
    /// - Throws: An error of the engine, the store or the file system.
    public func finish(_ list: MailingList) throws {
        try store.closePreviousKey(of: list)
        try reseal(list)
        try store.forgetPreviousKey(of: list)
        try sealer.keys.destroyHomes(before: list)
    }

    /// Ends every old key that is due, and deletes homes that a crash left.
    ///
    /// - Returns: One message for each list that failed.
    func retire(now: Date) throws -> [String] {
        try failures { list in
            guard let previous = list.previousKey else {
                return try sealer.keys.destroyHomes(before: list)
            }
            guard previous.ends.addingTimeInterval(Self.patience) <= now else { return }
            // A held message is stored as it arrived, encrypted to the old key.
            let oldest = try store.heldPosts(of: list.id, after: 0, limit: 1).first
            guard oldest.map({ $0.received > previous.ends }) ?? true else { return }
            try finish(list)
        }
    }

    /// Raises an alarm while a list's key expires soon.
    ///
    /// gpg is asked only about a key whose home has changed since it was last asked, and
    /// about ``maximumInspections`` keys in one round: after an upgrade all are new to it.
    ///
    /// - Returns: One message for each list that could not be checked.
    func watch(now: Date) throws -> [String] {
        let soon = now.addingTimeInterval(TimeInterval(Self.notice * 86_400))
        let known = try store.keyEnds()
        var ending: [String] = []
        var inspected = 0
        let failures = try failures { list in
            var key = known[list.id]
            if sealer.keys.hasChanged(list, since: key?.seen), inspected < Self.maximumInspections {
                let read = KeyEnd(seen: now, ends: try sealer.keys.keyring(of: list).expires())
                inspected += 1
                try store.note(read, of: list)
                key = read
            }
            guard let end = key?.ends, end <= soon else { return }
            ending.append("\(list.address) on \(end.formatted(.iso8601))")
        }
        if !ending.isEmpty {
            let detail = "keys end: " + ending.joined(separator: ", ")
            try store.raise(.listKey, detail: detail, now: now)
        } else if failures.isEmpty {
            try store.clear(.listKey)
        }
        return failures
    }

    // A failure of one list does not stop the others.
    private func failures(_ work: (MailingList) throws -> Void) throws -> [String] {
        try store.lists().compactMap { list in
            do {
                try work(list)
                return nil
            } catch {
                return "\(list.address): \(error)"
            }
        }
    }
}
