package import Foundation
package import MailingList
import OpenPGP
package import SMTP

/// An address outside a list, and the key that is bound to it.
package struct ExternalContactReport: Sendable, Hashable, Encodable {
    /// The address.
    package let address: String
    /// The primary fingerprint of the key.
    package let fingerprint: String
    /// When it was bound.
    package let bound: Date

    init(_ contact: ExternalContact) {
        address = contact.address.description
        fingerprint = contact.certificate.fingerprint.description
        bound = contact.bound
    }
}

extension ListHost {
    /// Binds a key to an address outside the list, in place of another; the names in the key
    /// do not matter.
    ///
    /// Throws ``ActFailure``: `malformed` for a key that cannot be used.
    package func bindKey(
        _ file: KeyFile,
        to address: EmailAddress,
        in list: MailingList
    ) throws -> ActResult<ExternalContactReport> {
        let certificate = try certificate(in: file).certificate
        let now = clock()
        try store.carryOut(
            [.bindKey(certificate, to: address)],
            answers: [],
            in: list.id,
            now: now
        )
        return ActResult(
            ExternalContactReport(
                ExternalContact(address: address, certificate: certificate, bound: now)
            )
        )
    }

    /// Forgets the key of an address outside the list.
    ///
    /// Throws ``ActFailure`` of kind `notFound` if none is bound to it.
    package func unbindKey(
        of address: EmailAddress,
        in list: MailingList
    ) throws -> ActResult<ExternalContactReport> {
        guard let contact = try store.externalContact(at: address, of: list.id) else {
            throw ActFailure(
                .notFound,
                "no key is bound to \(address)",
                hint: "'listseal contacts \(list.address)' prints the addresses that have one"
            )
        }
        try store.carryOut([.unbindKey(of: address)], answers: [], in: list.id, now: clock())
        return ActResult(ExternalContactReport(contact))
    }

    /// Names the addresses outside a list that have a key.
    package func externalContacts(
        of list: MailingList
    ) throws -> ActResult<[ExternalContactReport]> {
        ActResult(try store.externalContacts(of: list.id).map(ExternalContactReport.init))
    }
}
