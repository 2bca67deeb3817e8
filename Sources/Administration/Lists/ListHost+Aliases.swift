import GnuPG
import ListServer
package import MailingList
import OpenPGP
package import SMTP

extension ListHost {
    /// Gives a list an address beside its own, in all its roles; the list's key names it too.
    ///
    /// Throws ``ActFailure``: `malformed` or `inUse` for the address, `notAllowed` if the list
    /// has too many, `incomplete` if only Postfix does not know of it.
    package func addAlias(
        _ alias: EmailAddress,
        to list: MailingList
    ) throws -> ActResult<ListReport> {
        try checkFree(alias)
        guard list.aliases.count < MailingList.maximumAliases else {
            throw ActFailure.tooManyAliases(of: list)
        }
        try keys.keyring(of: list).name(list.renamed(to: alias).userIDs, makesPrimary: false)
        do {
            try store.addAlias(alias, to: list.id)
        } catch ListStoreError.tooMany {
            throw ActFailure.tooManyAliases(of: list)
        }
        let advice = try updateAddressMap()
        return ActResult(try report(of: list.id), note: advice)
    }

    /// Takes an alias from a list: mail to it is refused from then on.
    ///
    /// Throws ``ActFailure``: `notFound` if the list has no such alias, `incomplete` if only
    /// Postfix does not know of it.
    package func removeAlias(
        _ alias: EmailAddress,
        from list: MailingList
    ) throws -> ActResult<ListReport> {
        guard try store.removeAlias(alias, from: list.id) else {
            throw ActFailure(
                .notFound,
                "\(alias) is no alias of \(list.address)",
                hint: list.aliases.isEmpty
                    ? "it has none"
                    : "it has " + list.aliases.map(\.description).joined(separator: ", ")
            )
        }
        let advice = try updateAddressMap()
        return ActResult(try report(of: list.id), note: advice)
    }
}
