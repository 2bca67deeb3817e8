import Foundation
import ListServer
import MailingList
import PostfixSetup

/// What Postfix knows of the lists: generated from the store, one way.
enum PostfixMap {
    /// Makes a change of the lists known to Postfix, if it has been set up.
    ///
    /// Root may do all of it, a new domain included. The user of the service
    /// may write the table alone.
    static func update(_ administration: Administration) throws {
        let state = administration.state.path
        guard let installation = try PostfixInstallation.load(state: state) else { return }
        let addresses = try addresses(administration)
        do {
            guard geteuid() == 0 else {
                _ = try AddressMap.write(addresses: addresses, installation: installation)
                return
            }
            let setup = try PostfixSetup(
                configDirectory: installation.configurationDirectory,
                state: state
            )
            let plan = try setup.plan(addresses: addresses)
            if !plan.changesNothing { try setup.apply(plan) }
            try administration.store.setDedicatedDomains(plan.installation.dedicatedDomains)
        } catch {
            throw CommandFailure(
                "the change is made, but Postfix does not know of it: \(error)",
                hint: "run 'listseal postfix setup' as root"
            )
        }
    }

    /// The posting addresses of all lists.
    static func addresses(_ administration: Administration) throws -> ListedAddresses {
        ListedAddresses(lists: try administration.store.lists().map(\.address))
    }
}
