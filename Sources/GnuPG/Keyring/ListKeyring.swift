import Foundation
import NIOConcurrencyHelpers
public import OpenPGP

/// One list's secret key, in a GnuPG home of its own.
///
/// A value that threads share: it bounds how many operations run at once, so
/// there should be one for each list. Every operation is one run of gpg.
public struct ListKeyring: Sendable {
    /// The directory.
    public let home: String
    /// The list's primary key.
    public let fingerprint: Fingerprint

    let directory: GnuPGHome
    let slots = OperationSlots()
    private let known = KnownKeys()

    /// Names a home that was made before.
    public init(home: String, fingerprint: Fingerprint, engine: Engine) {
        self.home = home
        self.fingerprint = fingerprint
        directory = GnuPGHome(path: home, engine: engine)
    }

    /// The public key for authors: binary, without signatures by others.
    ///
    /// Throws if the engine fails.
    public func publicKey() throws(OpenPGPError) -> [UInt8] {
        try slots.run { () throws(OpenPGPError) in
            try directory.context(.exportKey)
                .export(fingerprint.description, limit: Self.maximumKeySize)
        }
    }

    /// Ends the home's gpg-agent, which otherwise stays until the host stops.
    ///
    /// The next operation starts it anew. With `startedHere` one that was found
    /// running stays: it is another process's.
    public func stopAgent(startedHere: Bool = false) {
        directory.stopAgent(startedHere: startedHere)
    }

    /// Octets of a list's public key.
    static let maximumKeySize = 1 << 20

    /// The key ids of all keys of the home, whether they can be used now or not.
    func allKeyIDs() throws(OpenPGPError) -> Set<String> {
        try known.ids.withLockedValue { known in
            Result { () throws(OpenPGPError) in
                if let known { return known }
                let listings = try directory.publicContext(.open).listKeys()
                let ids = Set(
                    listings.flatMap(\.keys).map { String($0.fingerprint.suffix(16)) }
                )
                known = ids
                return ids
            }
        }.get()
    }

    /// The list's keys, asked once: adding a subkey needs a new value.
    func ownKeys() throws(OpenPGPError) -> OwnKeys {
        try known.keys.withLockedValue { known in
            Result { () throws(OpenPGPError) in
                if let known { return known }
                let listings = try directory.context(.open).listKeys()
                guard let own = OwnKeys(listings, primary: fingerprint, now: Date()) else {
                    throw OpenPGPError(.unusableKey, .open)
                }
                known = own
                return own
            }
        }.get()
    }
}

/// Cells for what has been asked once.
private final class KnownKeys: Sendable {
    let keys = NIOLockedValueBox<OwnKeys?>(nil)
    let ids = NIOLockedValueBox<Set<String>?>(nil)
}

/// What must be known of a list's key to judge what the engine says.
struct OwnKeys: Sendable, Hashable {
    /// Fingerprints of the primary key and all subkeys.
    let fingerprints: Set<String>
    /// To which posts are sealed: the newest subkey that can encrypt.
    let encryptionSubkey: Fingerprint

    /// Key ids of all of them, sixteen digits each.
    ///
    /// The key id of a version 4 key is the end of its fingerprint.
    var keyIDs: Set<String> { Set(fingerprints.map { String($0.suffix(16)) }) }

    init?(_ listings: [KeyListing], primary: Fingerprint, now: Date) {
        guard
            let listing = listings.first(where: { $0.keys[0].fingerprint == primary.description }),
            let subkey = listing.encryptionKey(now: now),
            let fingerprint = Fingerprint(hex: subkey.fingerprint)
        else { return nil }
        fingerprints = Set(listing.keys.map(\.fingerprint))
        encryptionSubkey = fingerprint
    }
}

extension KeyListing {
    /// The newest subkey that can encrypt at a time, else the primary key; one that
    /// is for what is sent before one that is only for what is kept.
    ///
    /// Of two that are as old as each other the first, as gpg chooses.
    func encryptionKey(now: Date, preferring communication: Set<Fingerprint> = []) -> Key? {
        let usable = keys.enumerated().filter {
            $0.element.canEncrypt && $0.element.isUsable(now: now)
        }
        let all = usable.filter { $0.offset > 0 }.map(\.element)
        let preferred = all.filter {
            Fingerprint(hex: $0.fingerprint).map(communication.contains) ?? false
        }
        let subkeys = preferred.isEmpty ? all : preferred
        let newest = subkeys.dropFirst().reduce(subkeys.first) { newest, key in
            newest.map { $0.created >= key.created } ?? false ? newest : key
        }
        return newest ?? usable.first?.element
    }

    /// Whether any of its keys can make a signature that we believe, at a time.
    func canSign(now: Date) -> Bool {
        keys.contains { $0.canSign && $0.isUsable(now: now) }
    }
}
