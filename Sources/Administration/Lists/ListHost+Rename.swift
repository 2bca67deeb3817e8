import Foundation
import GnuPG
import ListServer
package import MailingList
import OpenPGP
package import SMTP

extension ListHost {
    /// Gives a list another address, and announces that to everybody on the list.
    ///
    /// The old address becomes an alias, the key names both, and List-Id stays.
    ///
    /// Throws ``ActFailure``: `malformed` or `inUse` for the address, `notAllowed` if the list
    /// has too many aliases, `incomplete` if only Postfix does not know of it.
    package func rename(
        _ list: MailingList,
        to address: EmailAddress
    ) throws -> ActResult<ListReport> {
        try checkFree(address, for: list)
        guard address.description != list.address.description else {
            throw ActFailure(
                .malformed,
                "the list has this address already",
                hint: "if Postfix does not know it yet, run 'listseal postfix setup' as root"
            )
        }
        let renamed = list.renamed(to: address)
        guard renamed.aliases.count <= MailingList.maximumAliases else {
            throw ActFailure.tooManyAliases(of: list)
        }
        // The key first: nobody may be told of an address that the key does not name.
        try keys.keyring(of: list).name(renamed.userIDs, makesPrimary: true)
        let sealer = try sealer()
        let announcement = try sealer.seal(
            announcement: AnswerText(.renamed, ["old-address": .address(list.address)]),
            attaching: ("list-key.asc", try sealer.publishedKey(of: list)),
            of: renamed,
            now: clock()
        )
        do {
            try store.rename(list.id, to: address, announcement: announcement, now: clock())
        } catch ListStoreError.tooMany {
            throw ActFailure.tooManyAliases(of: list)
        }
        let advice = try updateAddressMap()
        return ActResult(try report(of: list.id), note: advice)
    }
}

extension ActFailure {
    static func tooManyAliases(of list: MailingList) -> Self {
        ActFailure(
            .notAllowed,
            "\(list.address) has \(MailingList.maximumAliases) aliases, and can have no more",
            hint: "'listseal list alias remove' removes one"
        )
    }
}
