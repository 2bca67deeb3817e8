import Foundation
import ListServer
import MailingList
package import PostfixSetup

extension ListHost {
    /// The posting addresses of all lists, aliases too.
    ///
    /// Throws what the store throws.
    package func postingAddresses() throws -> ListedAddresses {
        ListedAddresses(lists: try store.lists().flatMap(\.addresses))
    }

    /// Writes the addresses of all lists to Postfix's table, if Postfix has been set up.
    ///
    /// Root changes all that the addresses need, a new domain included. Another user, that of
    /// the service, can write the table alone.
    ///
    /// Returns what is left for root to do, if anything is. Throws ``ActFailure`` of kind
    /// `incomplete`, and what the store throws.
    func updateAddressMap() throws -> String? {
        guard let installation = try PostfixInstallation.load(state: state.path) else {
            return "Postfix does not know of any list yet: run 'listseal postfix setup' as root"
        }
        let addresses = try postingAddresses()
        do {
            guard geteuid() == 0 else { return try writeTable(addresses, installation) }
            let setup = try PostfixSetup(
                configDirectory: installation.configurationDirectory,
                state: state.path
            )
            let plan = try setup.plan(addresses: addresses)
            if !plan.changesNothing { try setup.apply(plan) }
            try store.setDedicatedDomains(plan.installation.dedicatedDomains)
            return nil
        } catch {
            throw ActFailure(
                .incomplete,
                "the change is made, but Postfix does not know of it: \(error)",
                hint: "run 'listseal postfix setup' as root"
            )
        }
    }

    private func writeTable(
        _ addresses: ListedAddresses,
        _ installation: PostfixInstallation
    ) throws -> String? {
        let needsReload = try AddressMap.write(addresses: addresses, installation: installation)
        let unserved = addresses.domains.filter {
            !installation.dedicatedDomains.contains($0)
        }
        guard unserved.isEmpty else {
            return "if Postfix does not serve \(unserved.joined(separator: ", ")) yet, "
                + "run 'listseal postfix setup' as root"
        }
        return needsReload
            ? "Postfix reads the changed table after a reload: run 'postfix reload' as root" : nil
    }
}
