import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

extension ListHost {
    /// Makes a list with its key, its owners, the certificate that revokes the key, and its
    /// addresses in Postfix's table.
    ///
    /// The list is there whole, or nothing of it is: everything that was asked for is checked
    /// before anything is made, and what was made is removed if a later part fails.
    ///
    /// Throws ``ActFailure``: `inUse` for an address or a key that belongs to somebody else,
    /// `malformed` for an input that cannot be used, `file` if the revocation certificate
    /// cannot be written, `incomplete` never.
    package func create(_ new: NewList) throws -> ActResult<CreatedList> {
        let plan = try plan(new)
        // Made before the first list: with a list, a missing key is an error.
        _ = try digestKey()
        let undo = Undo()
        do {
            let list = try make(new, plan, undo)
            let advice = try updateAddressMap()
            return ActResult(
                CreatedList(
                    address: list.address.description,
                    fingerprint: list.fingerprint.description,
                    revocationCertificate: state.revocation(of: list.fingerprint)
                ),
                note: advice
            )
        } catch {
            undo.run()
            // The table may name the list already.
            _ = try? updateAddressMap()
            throw Self.reason(of: error, new.address)
        }
    }

    private struct Plan {
        let settings: ListSettings
        let owners: [NewSubscriber]
    }

    /// What is to be done should a later part fail, the last first.
    private final class Undo {
        private var steps: [() -> Void] = []

        func add(_ step: @escaping () -> Void) { steps.append(step) }

        func run() { for step in steps.reversed() { step() } }
    }

    private func plan(_ new: NewList) throws -> Plan {
        try checkFree(new.address)
        guard !new.owners.isEmpty else {
            throw ActFailure(.malformed, "a list needs an owner", hint: "name at least one")
        }
        var settings = ListSettings()
        guard ListSettings.named("display_name")?.set(&settings, new.displayName) ?? false else {
            throw ActFailure(
                .malformed,
                "the display name cannot be \(new.displayName)",
                hint: "it can have 60 characters at most, without line breaks"
            )
        }
        var owners: [NewSubscriber] = []
        var keys: Set<Fingerprint> = []
        for owner in new.owners {
            guard !owners.contains(where: { $0.address == owner.address }) else {
                throw ActFailure(
                    .malformed,
                    "\(owner.address) is named twice",
                    hint: "name each owner once, with one key"
                )
            }
            guard
                !ListAddress.candidates(for: owner.address).contains(where: {
                    $0.list == new.address
                })
            else { throw ActFailure.ownAddress(owner.address) }
            try checkOrdinary(owner.address)
            let certificate = try certificate(in: owner.key).certificate
            guard keys.isDisjoint(with: certificate.provenFingerprints) else {
                throw ActFailure.keyInUse(owner.key)
            }
            keys.formUnion(certificate.provenFingerprints)
            owners.append(
                NewSubscriber(address: owner.address, roles: .owner, certificate: certificate)
            )
        }
        return Plan(settings: settings, owners: owners)
    }

    private func make(_ new: NewList, _ plan: Plan, _ undo: Undo) throws -> MailingList {
        let list = try store.createList(
            at: new.address,
            settings: plan.settings,
            owners: plan.owners,
            now: clock(),
            makeKey: { id in
                let keyring = try makeKey(
                    new.key,
                    home: state.keyHome(of: id),
                    userIDs: MailingList.userIDs(at: new.address, settings: plan.settings),
                    undo
                )
                try keepRevocation(of: keyring, undo)
                return keyring.fingerprint
            },
            // The caller undoes every part, whichever failed.
            discardKey: { _ in }
        )
        undo.add { try? store.deleteList(list.id) }
        return list
    }

    private func makeKey(
        _ source: ListKeySource,
        home: String,
        userIDs: [String],
        _ undo: Undo
    ) throws -> ListKeyring {
        undo.add { try? FileManager.default.removeItem(atPath: home) }
        let keyring = try source.makeKeyring(home: home, engine: keys.engine, userIDs: userIDs)
        undo.add { keyring.stopAgent() }
        return keyring
    }

    private func keepRevocation(of keyring: ListKeyring, _ undo: Undo) throws {
        let path = state.revocation(of: keyring.fingerprint)
        // An imported key can have had a list before, whose certificate stayed.
        if !FileManager.default.fileExists(atPath: path) {
            undo.add { try? FileManager.default.removeItem(atPath: path) }
        }
        try keepRevocation(of: keyring)
        // The daemon starts an agent of its own, as another user perhaps.
        keyring.stopAgent()
    }

    private static func reason(of error: any Error, _ address: EmailAddress) -> any Error {
        switch error {
        case ListStoreError.addressTaken:
            ActFailure(
                .inUse,
                "there is a list with the address or the List-Id of \(address) already",
                hint: "'listseal lists' prints all; a renamed list keeps its List-Id for ever"
            )
        case ListStoreError.keyInUse:
            ActFailure(
                .inUse,
                "the key of an owner belongs to somebody else",
                hint: "ask each owner for a key of their own"
            )
        case let failure as ActFailure where failure.kind == .incomplete:
            ActFailure(
                .file,
                "the list was not made, because Postfix cannot be told of it: \(failure.what)",
                hint: failure.hint
            )
        default: error
        }
    }
}
