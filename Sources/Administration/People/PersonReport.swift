package import Foundation
package import MailingList
import OpenPGP
import SMTP

/// A person of a list as an administrator sees them.
package struct PersonReport: Sendable, Hashable, Encodable {
    /// The address.
    package let address: String
    /// What they are on the list.
    package let roles: [String]
    /// The primary fingerprint of their key.
    package let fingerprint: String?
    /// The names in the key.
    package let userIds: [String]
    /// Whether they receive copies: `active` or `suspended`.
    package let delivery: String
    /// Whether their posts wait for a moderator.
    package let isModerated: Bool
    /// Whether the key has a subkey for encryption.
    package let canEncrypt: Bool
    /// When that ends; nil if it does not.
    package let encryptionExpires: Date?
    /// Since when nothing can be encrypted to the key.
    package let unusableSince: Date?
    /// Since when bounces have suspended the copies.
    package let bouncedSince: Date?
    /// What bounced, if that was asked for.
    package let bounces: [BounceReport]
    /// When they were added.
    package let created: Date

    /// A copy that came back.
    package struct BounceReport: Sendable, Hashable, Encodable {
        /// The day.
        package let received: Date
        /// `hard` or `soft`.
        package let kind: String
        /// The enhanced status code.
        package let status: String?
        /// What the other server said.
        package let detail: String
    }

    init(_ person: Subscriber, bounces: [(received: Date, bounce: Bounce)] = []) {
        address = person.address.description
        roles = person.roles.names
        fingerprint = person.certificate?.fingerprint.description
        userIds = person.certificate?.userIDs ?? []
        delivery = person.delivery.rawValue
        isModerated = person.isModerated
        canEncrypt = person.certificate?.encryptionSubkey != nil
        encryptionExpires = person.certificate?.encryptionExpires
        unusableSince = person.unusableSince
        bouncedSince = person.bouncedSince
        self.bounces = bounces.map {
            BounceReport(
                received: $0.received,
                kind: $0.bounce.kind.rawValue,
                status: $0.bounce.status?.description,
                detail: $0.bounce.detail
            )
        }
        created = person.created
    }
}

extension ListHost {
    /// Describes a person of a list, with what bounced.
    package func show(_ person: Subscriber) throws -> ActResult<PersonReport> {
        ActResult(PersonReport(person, bounces: try store.bounces(of: person.id)))
    }

    /// Describes everybody on a list, in the order in which they were added.
    package func people(of list: MailingList) throws -> ActResult<[PersonReport]> {
        var reports: [PersonReport] = []
        try forEachPerson(of: list) { reports.append(PersonReport($0)) }
        return ActResult(reports)
    }

    /// Describes a person as they are stored now.
    func report(of person: Subscriber, in list: MailingList) throws -> PersonReport {
        PersonReport(try self.person(at: person.address, of: list))
    }
}
