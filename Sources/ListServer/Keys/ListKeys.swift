import Foundation
public import GnuPG
public import MailingList
import NIOConcurrencyHelpers
import OpenPGP

/// The secret keys of the lists, each in a GnuPG home of its own.
public final class ListKeys: Sendable {
    /// The engine that all homes share.
    public let engine: Engine
    /// The written homes of subscribers' certificates.
    public let certificates: CertificateHomes
    private let state: StateDirectory
    private let keyrings = NIOLockedValueBox<[String: ListKeyring]>([:])

    /// Installs the engine in a state directory that exists.
    ///
    /// Throws if gpg is missing or the directory cannot be written.
    public init(state: StateDirectory) throws {
        self.state = state
        engine = try Engine.install(in: state.engine)
        certificates = CertificateHomes(directory: state.certificateHomes, engine: engine)
    }

    /// The home of a list's key: one value for all threads, since it bounds how
    /// many operations run at once.
    public func keyring(of list: MailingList) -> ListKeyring {
        keyring(list.fingerprint, at: state.keyHome(of: list.id, key: list.keyNumber))
    }

    /// The home of the key before that, if it is still there.
    public func previousKeyring(of list: MailingList) -> ListKeyring? {
        list.previousKey.map {
            keyring($0.fingerprint, at: state.keyHome(of: list.id, key: list.keyNumber - 1))
        }
    }

    /// The home of whichever of a list's keys something in the store was sealed to.
    ///
    /// Throws if the engine fails.
    public func keyring(of list: MailingList, opening sealed: [UInt8]) throws -> ListKeyring {
        if let previous = previousKeyring(of: list), try previous.isAddressed(by: sealed) {
            return previous
        }
        return keyring(of: list)
    }

    /// Destroys the secret keys that a list had before the one in force.
    ///
    /// Throws what the file system says.
    func destroyHomes(before list: MailingList) throws {
        for number in 0..<list.keyNumber {
            let home = state.keyHome(of: list.id, key: number)
            guard FileManager.default.fileExists(atPath: home) else { continue }
            keyrings.withLockedValue { $0.removeValue(forKey: home) }?.stopAgent()
            try FileManager.default.removeItem(atPath: home)
        }
    }

    /// Whether the home of a list's key has changed since a time, or cannot be looked at.
    ///
    /// gpg writes its public keyring whenever it changes a key; nothing is started to see
    /// that.
    func hasChanged(_ list: MailingList, since time: Date?) -> Bool {
        let home = state.keyHome(of: list.id, key: list.keyNumber)
        guard let time,
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: home + "/pubring.kbx"
            ),
            let changed = attributes[.modificationDate] as? Date
        else { return true }
        // The store keeps whole seconds.
        return changed.timeIntervalSince1970.rounded(.down)
            >= time.timeIntervalSince1970.rounded(.down)
    }

    private func keyring(_ fingerprint: Fingerprint, at home: String) -> ListKeyring {
        keyrings.withLockedValue { known in
            if let keyring = known[home], keyring.fingerprint == fingerprint { return keyring }
            let keyring = ListKeyring(home: home, fingerprint: fingerprint, engine: engine)
            known[home] = keyring
            return keyring
        }
    }

    /// Ends the agents of all keys that were used; with `startedHere` only those that
    /// this process has started.
    public func stopAgents(startedHere: Bool = false) {
        for keyring in keyrings.withLockedValue({ Array($0.values) }) {
            keyring.stopAgent(startedHere: startedHere)
        }
    }
}
