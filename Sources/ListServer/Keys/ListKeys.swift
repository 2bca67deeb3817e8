import Foundation
public import GnuPG
public import MailingList
import NIOConcurrencyHelpers
import OpenPGP

/// The secret keys of the lists, each in its own GnuPG home.
public final class ListKeys: Sendable {
    /// The engine that all homes share.
    public let engine: Engine
    /// The GnuPG homes of subscribers' certificates.
    public let certificates: CertificateHomes
    private let state: StateDirectory
    private let selfTestPause: Double
    private let keyrings = NIOLockedValueBox<[String: ListKeyring]>([:])

    /// Installs the engine in an existing state directory.
    ///
    /// - Parameters:
    ///   - state: The state directory.
    ///   - pause: The length of the pause between two self-tests, as a multiple of the duration of
    ///     one.
    /// - Throws: An error of the engine if gpg is missing, and of the file system.
    public init(
        state: StateDirectory,
        pauseOfSelfTests pause: Double = SelfTestSchedule.pause
    ) throws {
        self.state = state
        selfTestPause = pause
        engine = try Engine.install(in: state.engine)
        certificates = CertificateHomes(
            directory: state.certificateHomes,
            engine: engine,
            pauseOfSelfTests: pause
        )
    }

    /// Opens and verifies test messages with a list's keys and the engine.
    ///
    /// Call it before a message for the list is refused for what the engine says of it: if it
    /// succeeds, the fault is the author's. It blocks for as long as the tests take, and for
    /// the pause between two of them.
    ///
    /// - Throws: An error of the engine, which is our failure.
    func check(_ list: MailingList) throws {
        try keyring(of: list).check()
        if list.previousKey?.opensMail ?? false { try previousKeyring(of: list)?.check() }
        try certificates.check()
    }

    /// The keyring of a list's current key.
    ///
    /// All threads share one value, because it limits the operations at the same time.
    public func keyring(of list: MailingList) -> ListKeyring {
        keyring(list.fingerprint, at: state.keyHome(of: list.id, key: list.keyNumber))
    }

    /// The keyring of the list's previous key; nil if there is none.
    public func previousKeyring(of list: MailingList) -> ListKeyring? {
        list.previousKey.map {
            keyring($0.fingerprint, at: state.keyHome(of: list.id, key: list.keyNumber - 1))
        }
    }

    /// The keyring of that key of a list to which a stored message was sealed.
    ///
    /// - Throws: An error of the engine.
    public func keyring(of list: MailingList, opening sealed: [UInt8]) throws -> ListKeyring {
        if let previous = previousKeyring(of: list), try previous.isAddressed(by: sealed) {
            return previous
        }
        return keyring(of: list)
    }

    /// Destroys all earlier secret keys of a list.
    ///
    /// - Throws: An error of the file system.
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
            let keyring = ListKeyring(
                home: home,
                fingerprint: fingerprint,
                engine: engine,
                pauseOfSelfTests: selfTestPause
            )
            known[home] = keyring
            return keyring
        }
    }

    /// Stops the gpg-agents of all keyrings that were used.
    ///
    /// With `startedHere` it stops only agents that this process has started.
    public func stopAgents(startedHere: Bool = false) {
        for keyring in keyrings.withLockedValue({ Array($0.values) }) {
            keyring.stopAgent(startedHere: startedHere)
        }
    }
}
