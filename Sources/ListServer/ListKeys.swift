public import MailingList
import NIOConcurrencyHelpers
public import OpenPGP

/// The secret keys of the lists, each in a GnuPG home of its own.
public final class ListKeys: Sendable {
    /// The engine that all homes share.
    public let engine: Engine
    /// The written homes of subscribers' certificates.
    public let certificates: CertificateHomes
    private let state: StateDirectory
    private let keyrings = NIOLockedValueBox<[MailingList.ID: ListKeyring]>([:])

    /// Installs the engine in a state directory that exists.
    ///
    /// Throws if gpg is missing or the directory cannot be written.
    public init(state: StateDirectory) throws {
        self.state = state
        engine = try Engine.install(in: state.engine)
        certificates = CertificateHomes(directory: state.certificateHomes, engine: engine)
    }

    /// The home of one list: one value for all threads, since it bounds how
    /// many operations run at once.
    public func keyring(of list: MailingList) -> ListKeyring {
        keyrings.withLockedValue { known in
            if let keyring = known[list.id], keyring.fingerprint == list.fingerprint {
                return keyring
            }
            let keyring = ListKeyring(
                home: state.keyHome(of: list.id),
                fingerprint: list.fingerprint,
                engine: engine
            )
            known[list.id] = keyring
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
