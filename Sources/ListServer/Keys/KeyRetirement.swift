import Foundation
import GnuPG
public import MailingList
import OpenPGP

/// Brings what is stored from a list's old key to its new one, and destroys the old one
/// when its time is over.
public struct KeyRetirement: Sendable {
    /// Seconds after a key's end until it is destroyed: mail that came before is still judged.
    static let patience: TimeInterval = 3600
    /// Days before the end of a list's key at which an alarm says so.
    static let notice = 30
    /// Keys that gpg is asked about in one round.
    static let maximumInspections = 100

    private let store: any ListStore
    private let sealer: Sealer

    /// Works on this store, with these keys.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// Seals what is stored to the new key.
    ///
    /// A message that is being taken just now may still come under the old one: that is for
    /// the next time. Throws what the engine or the store throws; what was done is done.
    ///
    /// - Returns: How many were sealed anew.
    @discardableResult
    public func reseal(_ list: MailingList) throws -> Int {
        guard let previous = sealer.keys.previousKeyring(of: list) else { return 0 }
        let current = sealer.keys.keyring(of: list)
        // What is owed and what is kept can be the same post, under the same seal.
        let owed = try reseal(list.id, previous, current) { last in
            try store.storedPosts(of: list.id, after: last, limit: 1).first
        }
        let kept = try reseal(list.id, previous, current) { last in
            try store.archivedPosts(of: list.id, after: last, limit: 1).first
        }
        return owed + kept + (try resealHeld(of: list, previous, current))
    }

    // One at a time: each may have 100 MB.
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
                // What the list has not signed keeps its packet, and with it its code.
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
            // Somebody planted it: it is found, and alarmed of, when it is to leave.
            return false
        }
        try store.replaceSeal(of: post, by: bytes)
        return true
    }

    // What leaves in clear has a signature of its own, which people may believe no more.
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

    /// Ends the key before, whatever its time.
    ///
    /// In this order a crash loses nothing: as long as the store knows the key, the next
    /// round goes on. Throws what the engine, the store or the file system throws.
    public func finish(_ list: MailingList) throws {
        try store.closePreviousKey(of: list)
        try reseal(list)
        try store.forgetPreviousKey(of: list)
        try sealer.keys.destroyHomes(before: list)
    }

    /// Ends every old key whose time is over, and what a crash has left of one.
    ///
    /// - Returns: Of which lists it could not, and why.
    func retire(now: Date) throws -> [String] {
        try failures { list in
            guard let previous = list.previousKey else {
                return try sealer.keys.destroyHomes(before: list)
            }
            guard previous.ends.addingTimeInterval(Self.patience) <= now else { return }
            // The message inside is as it came, encrypted to that key.
            let oldest = try store.heldPosts(of: list.id, after: 0, limit: 1).first
            guard oldest.map({ $0.received > previous.ends }) ?? true else { return }
            try finish(list)
        }
    }

    /// Raises an alarm while a list's key ends soon.
    ///
    /// gpg is asked only about a key whose home has changed since it was last asked, and
    /// about ``maximumInspections`` keys in one round: after an upgrade all are new to it.
    ///
    /// - Returns: Of which lists it is not known, and why.
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

    // One list's trouble is not that of the others.
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
