import Foundation
import NIOConcurrencyHelpers
public import OpenPGP

/// One list's secret key, in a GnuPG home of its own.
///
/// Threads may share a value. It limits how many operations run at once, so there should
/// be only one for each list. Each operation runs gpg at least once.
public struct ListKeyring: Sendable {
    /// The path of the home.
    public let home: String
    /// The fingerprint of the list's primary key.
    public let fingerprint: Fingerprint

    let directory: GnuPGHome
    let slots = OperationSlots()
    let selfTest: ListKeySelfTest
    private let known = KnownKeys()

    /// Opens a home that was created before; nothing is read until the first operation.
    public init(home: String, fingerprint: Fingerprint, engine: Engine) {
        self.init(
            home: home,
            fingerprint: fingerprint,
            engine: engine,
            pauseOfSelfTests: SelfTestSchedule.pause
        )
    }

    package init(
        home: String,
        fingerprint: Fingerprint,
        engine: Engine,
        pauseOfSelfTests pause: Double
    ) {
        self.home = home
        self.fingerprint = fingerprint
        selfTest = ListKeySelfTest(SelfTestSchedule(pause: pause))
        directory = GnuPGHome(path: home, engine: engine)
    }

    /// The list's public key for authors: binary, without certifications by other keys.
    ///
    /// - Throws: ``OpenPGPError`` if gpg fails.
    public func publicKey() throws(OpenPGPError) -> [UInt8] {
        try slots.run { () throws(OpenPGPError) in
            try directory.context(.exportKey)
                .export(fingerprint.description, limit: Self.maximumKeySize)
        }
    }

    /// Ends the gpg-agent of the home, which otherwise runs until the host stops.
    ///
    /// The next operation starts a new one.
    ///
    /// - Parameter startedHere: If true, only an agent that this value started is ended, because
    ///   another process may use one that was already running.
    public func stopAgent(startedHere: Bool = false) {
        directory.stopAgent(startedHere: startedHere)
    }

    /// The largest public key of a list in octets.
    static let maximumKeySize = 1 << 20

    /// The key ids of all keys in the home, including keys that cannot be used now.
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

    /// The list's keys, read once; a new value is necessary after a subkey was added.
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

/// Caches the keys of the home, which are listed once.
private final class KnownKeys: Sendable {
    let keys = NIOLockedValueBox<OwnKeys?>(nil)
    let ids = NIOLockedValueBox<Set<String>?>(nil)
}

/// The facts about a list's key that are needed to judge the results of gpg.
struct OwnKeys: Sendable, Hashable {
    /// The fingerprints of the primary key and all subkeys.
    let fingerprints: Set<String>
    /// The subkey to which posts are sealed: the newest one that can encrypt.
    let encryptionSubkey: Fingerprint

    /// The key ids of all keys, with 16 digits each.
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
    /// The key to encrypt to at a time: the newest subkey that can encrypt, otherwise the
    /// primary key.
    ///
    /// The subkeys in `communication` come before those that are only for storage. Of two with
    /// the same age the first is chosen, as gpg does it.
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

    /// Whether any key can make a signature at a time that we accept.
    func canSign(now: Date) -> Bool {
        keys.contains { $0.canSign && $0.isUsable(now: now) }
    }
}
