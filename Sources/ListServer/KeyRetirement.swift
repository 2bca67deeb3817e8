import Foundation
public import MailingList
import OpenPGP

/// Brings what is stored from a list's old key to its new one, and destroys the old one
/// when its time is over.
public struct KeyRetirement: Sendable {
    /// Rows that are read at once.
    private static let limit = 20

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
        var count = 0
        var last: Int64 = 0
        while true {
            let page = try store.storedPosts(of: list.id, after: last, limit: Self.limit)
            guard let end = page.last?.id else { break }
            for (id, post) in page where try previous.isAddressed(by: post.bytes) {
                let text = try previous.open(
                    sealed: post.bytes,
                    limit: max(1 << 20, post.bytes.count)
                ).plaintext
                let bytes = try current.seal(text, signed: true)
                try store.replaceSeal(ofPost: id, post.bytes, by: bytes)
                count += 1
            }
            last = end
        }
        return count + (try resealHeld(of: list, previous, current))
    }

    private func resealHeld(
        of list: MailingList,
        _ previous: ListKeyring,
        _ current: ListKeyring
    ) throws -> Int {
        var count = 0
        for row in try store.heldPosts(of: list.id, after: 0, limit: HeldPost.maximumCount) {
            guard let held = try store.heldPost(row.id), sealer.mac(of: held) == held.mac,
                try previous.isAddressed(by: held.bytes)
            else { continue }
            let message = try previous.open(
                sealed: held.bytes,
                limit: max(1 << 20, held.bytes.count),
                requireSignature: false
            ).plaintext
            let unsealed = held.sealed(bytes: try current.seal(message, signed: false))
            try store.replaceSeal(ofHeld: unsealed.sealed(sealer.mac(of: unsealed)))
            count += 1
        }
        return count
    }

    /// Days before the end of a list's key at which an alarm says so.
    static let notice = 30

    /// Raises an alarm while a list's key ends soon.
    func watch(now: Date) throws {
        let soon = now.addingTimeInterval(TimeInterval(Self.notice * 86_400))
        let ending = try store.lists().compactMap { list in
            try sealer.keys.keyring(of: list).expires().flatMap { end in
                end <= soon ? "\(list.address) on \(end.formatted(.iso8601))" : nil
            }
        }
        if ending.isEmpty {
            try store.clear(.listKey)
        } else {
            let detail = "keys end: " + ending.joined(separator: ", ")
            try store.raise(.listKey, detail: detail, now: now)
        }
    }

    /// Ends every old key whose time is over.
    func retire(now: Date) throws {
        for list in try store.lists() {
            guard let previous = list.previousKey, previous.ends <= now,
                let keyring = sealer.keys.previousKeyring(of: list)
            else { continue }
            try reseal(list)
            try store.forgetPreviousKey(of: list)
            keyring.stopAgent()
            try FileManager.default.removeItem(atPath: keyring.home)
        }
    }
}
