import Foundation
import ListServer
import MailingList
package import PostfixSetup

/// Attaches the lists of a host to a Postfix instance, checks that, and detaches them.
///
/// The host is nil while there is no state: somebody who only looks does not make one.
package struct PostfixAttachment {
    private let setup: PostfixSetup
    private let host: ListHost?

    /// Works on an instance of Postfix for the lists of a host.
    package init(_ setup: PostfixSetup, for host: ListHost?) {
        self.setup = setup
        self.host = host
    }

    /// What setting up has changed, or would change.
    package struct SetupReport: Sendable, Encodable {
        /// Whether anything has to change.
        package let changed: Bool
        /// The change of main.cf and master.cf, as diff(1) prints it.
        package let difference: String
        /// What the administrator should know, one sentence each.
        package let notes: [String]
        /// Domains that only lists serve.
        package let dedicatedDomains: [String]
        /// Whether Postfix read its files again; nil after a dry run.
        package let reload: String?
        /// What the doors and the way back answered; empty after a dry run.
        package let doors: [DoorProbe]
    }

    /// What detaching has changed, or would change.
    package struct RemovalReport: Sendable, Encodable {
        /// Whether main.cf and master.cf are octet for octet as they were before the set-up.
        package let isByteIdentical: Bool
        /// The change of both files.
        package let difference: String
    }

    /// Writes what Postfix needs, and reloads it; a dry run writes nothing.
    ///
    /// Throws ``PostfixSetupError``, and what the store throws.
    package func attach(isDryRun: Bool) throws -> ActResult<SetupReport> {
        let plan = try setup.plan(addresses: try addresses())
        var reload: PostfixSetup.Reload?
        if !isDryRun {
            reload = try setup.apply(plan)
            try host?.store.setDedicatedDomains(plan.installation.dedicatedDomains)
        }
        return ActResult(
            SetupReport(
                changed: !plan.changesNothing,
                difference: plan.difference,
                notes: plan.notes,
                dedicatedDomains: plan.installation.dedicatedDomains,
                reload: reload?.rawValue,
                doors: isDryRun ? [] : setup.probe(plan.installation)
            )
        )
    }

    /// Detaches Listseal from Postfix; a dry run writes nothing.
    ///
    /// Throws ``ActFailure`` of kind `notAllowed` while deliveries are pending, unless forced,
    /// and ``PostfixSetupError``.
    package func detach(isDryRun: Bool, isForced: Bool) throws -> ActResult<RemovalReport> {
        let pending = try host.map { try $0.store.status(now: $0.clock()).owed } ?? 0
        guard pending == 0 || isForced || isDryRun else {
            throw ActFailure(
                .notAllowed,
                "\(pending) copies are not delivered yet",
                hint: "wait until 'listseal queue show' is empty, or add --drain; the copies stay "
                    + "until Postfix is set up again"
            )
        }
        let removal = isDryRun ? try setup.planRemoval() : try setup.remove(isForced: isForced)
        return ActResult(
            RemovalReport(
                isByteIdentical: removal.isByteIdentical,
                difference: removal.difference
            )
        )
    }

    /// Finds what in Postfix's configuration stands in the way.
    ///
    /// Throws ``PostfixSetupError``, and what the store throws.
    package func check() throws -> ActResult<[Finding]> {
        ActResult(try setup.check(addresses: try addresses()))
    }

    private func addresses() throws -> ListedAddresses {
        try host?.postingAddresses() ?? ListedAddresses(lists: [])
    }
}
