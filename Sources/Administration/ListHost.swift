package import Foundation
import GnuPG
package import ListServer
package import MailingList
import PostfixSetup

/// The lists of one host, with their store and their keys.
///
/// Every act of an administrator, an owner or a moderator is a method of it, in the folder
/// that the act is about. An act throws ``ActFailure`` for what the person who asked can
/// mend, and passes on what the store and the engine throw.
package struct ListHost: Sendable {
    /// Where the keys and the other files of the host lie.
    package let state: StateDirectory
    /// The store of the lists.
    package let store: any ListStore
    /// The secret keys of the lists.
    package let keys: ListKeys
    /// Tells the time of an act.
    package let clock: @Sendable () -> Date

    /// Combines a store and keys that are open already.
    package init(
        state: StateDirectory,
        store: any ListStore,
        keys: ListKeys,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.state = state
        self.store = store
        self.keys = keys
        self.clock = clock
    }

    /// Returns the key of the keyed digests, which is made while there are no lists.
    ///
    /// Throws ``DigestKeyError`` if its file cannot be used, or is missing where lists are.
    package func digestKey() throws -> DigestKey {
        if try store.lists().isEmpty { try DigestKey.make(at: state.digestKey) }
        return try DigestKey.load(at: state.digestKey)
    }

    /// Returns what composes and seals the mails of the lists.
    ///
    /// Throws ``DigestKeyError`` if the file of the digest key cannot be used.
    package func sealer() throws -> Sealer {
        Sealer(
            keys: keys,
            digestKey: try digestKey(),
            certifications: store.certifications,
            texts: TextCatalog(directory: state.texts),
            copyLimit: CopyLimit { [path = state.path] in
                let installation = try? PostfixInstallation.load(state: path)
                return installation.flatMap { $0.messageSizeLimit }
            }
        )
    }
}
