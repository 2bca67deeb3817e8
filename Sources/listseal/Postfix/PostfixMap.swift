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
    ///
    /// - Returns: What is left for root to do, if anything is.
    @discardableResult
    static func update(_ administration: Administration) throws -> String? {
        let state = administration.state.path
        guard let installation = try PostfixInstallation.load(state: state) else {
            return "Postfix does not know of any list yet: run 'listseal postfix setup' as root"
        }
        let addresses = try addresses(administration)
        do {
            guard geteuid() == 0 else {
                let needsReload = try AddressMap.write(
                    addresses: addresses,
                    installation: installation
                )
                let unserved = addresses.domains.filter { domain in
                    !installation.dedicatedDomains.contains(domain)
                }
                if !unserved.isEmpty {
                    return "unless Postfix serves \(unserved.joined(separator: ", ")) already, "
                        + "run 'listseal postfix setup' as root"
                }
                return needsReload
                    ? "Postfix reads the changed table when it is reloaded: "
                        + "run 'postfix reload' as root" : nil
            }
            let setup = try PostfixSetup(
                configDirectory: installation.configurationDirectory,
                state: state
            )
            let plan = try setup.plan(addresses: addresses)
            if !plan.changesNothing { try setup.apply(plan) }
            try administration.store.setDedicatedDomains(plan.installation.dedicatedDomains)
            return nil
        } catch {
            throw CommandFailure(
                "the change is made, but Postfix does not know of it: \(error)",
                hint: "run 'listseal postfix setup' as root"
            )
        }
    }

    /// All posting addresses of all lists.
    static func addresses(_ administration: Administration) throws -> ListedAddresses {
        ListedAddresses(lists: try administration.store.lists().flatMap(\.addresses))
    }
}
