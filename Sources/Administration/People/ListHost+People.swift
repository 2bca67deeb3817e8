import Foundation
import ListServer
package import MailingList
import OpenPGP
package import SMTP

extension ListHost {
    /// Adds a person with their key, or gives somebody who is on the list more roles and a key.
    ///
    /// Throws ``ActFailure``: `notAllowed` for an address of a list, `malformed` for a key that
    /// cannot be used, `inUse` for a key of somebody else.
    package func add(
        _ address: EmailAddress,
        key file: KeyFile,
        roles: Subscriber.Roles = .subscriber,
        to list: MailingList
    ) throws -> ActResult<PersonReport> {
        guard !list.owns(address) else { throw ActFailure.ownAddress(address) }
        try checkOrdinary(address)
        let (certificate, note) = try certificate(
            in: file,
            updating: store.subscriber(at: address, of: list.id)?.certificate
        )
        var generator = RandomSource()
        do {
            let person = try store.addSubscriber(
                address,
                roles: roles,
                certificate: certificate,
                token: .random(using: &generator),
                to: list.id,
                now: clock()
            )
            return ActResult(PersonReport(person), note: note)
        } catch ListStoreError.keyInUse {
            throw ActFailure.keyInUse(file)
        }
    }

    /// Replaces a person's key, or updates it if it is the same.
    ///
    /// Throws ``ActFailure``: `malformed` for a key that cannot be used, `inUse` for a key of
    /// somebody else, `outdated` if the person's key has changed in the meantime.
    package func setKey(
        _ file: KeyFile,
        of person: Subscriber,
        in list: MailingList
    ) throws -> ActResult<PersonReport> {
        let (certificate, note) = try certificate(in: file, updating: person.certificate)
        do {
            if let old = person.certificate {
                try store.replace(old, by: certificate, of: person.id)
            } else {
                try store.setCertificate(certificate, of: person.id)
            }
        } catch ListStoreError.keyInUse {
            throw ActFailure.keyInUse(file)
        } catch ListStoreError.outdated {
            throw ActFailure(
                .outdated,
                "somebody else has changed the key of \(person.address) in the meantime",
                hint: "'listseal subscriber show \(list.address) \(person.address)' prints it"
            )
        }
        return ActResult(try report(of: person, in: list), note: note)
    }

    /// Suspends or resumes the copies of a person, who stays on the list.
    ///
    /// Throws what the store throws.
    package func setDelivery(
        _ delivery: Subscriber.Delivery,
        of person: Subscriber,
        in list: MailingList
    ) throws -> ActResult<PersonReport> {
        try store.setDelivery(delivery, of: person.id)
        return ActResult(try report(of: person, in: list))
    }

    /// Lets a person's posts wait for a moderator, or no longer.
    ///
    /// Throws what the store throws.
    package func setModerated(
        _ isModerated: Bool,
        _ person: Subscriber,
        in list: MailingList
    ) throws -> ActResult<PersonReport> {
        try store.setModerated(isModerated, of: person.id)
        return ActResult(try report(of: person, in: list))
    }
}
