import Foundation
import MailingList
import OpenPGP
import SMTP

/// A person of a list as she is printed.
struct SubscriberReport: Encodable {
    let address: String
    let roles: [String]
    let fingerprint: String?
    let userIds: [String]
    let delivery: String
    let isModerated: Bool
    let canEncrypt: Bool
    let encryptionExpires: Date?
    let unusableSince: Date?
    let created: Date

    init(_ subscriber: Subscriber) {
        address = subscriber.address.description
        roles = subscriber.roles.names
        fingerprint = subscriber.certificate?.fingerprint.description
        userIds = subscriber.certificate?.userIDs ?? []
        delivery = subscriber.delivery.rawValue
        isModerated = subscriber.isModerated
        canEncrypt = subscriber.certificate?.encryptionSubkey != nil
        encryptionExpires = subscriber.certificate?.encryptionExpires
        unusableSince = subscriber.unusableSince
        created = subscriber.created
    }

    var line: String {
        let state = unusableSince == nil ? delivery : "key unusable"
        return "\(address)  \(fingerprint ?? "no key")  \(roles.joined(separator: ","))  \(state)"
    }

    var lines: [String] {
        [
            "address      \(address)",
            "roles        \(roles.joined(separator: ", "))",
            "key          \(fingerprint ?? "none")",
            "user ids     \(userIds.joined(separator: ", "))",
            "delivery     \(delivery)",
            "posts        \(isModerated ? "wait for a moderator" : "do not wait")",
            "encryption   "
                + (encryptionExpires.map { "until \(OutputOptions.time($0))" }
                    ?? (canEncrypt ? "does not expire" : "none: no copies can be made for her")),
            "added        \(OutputOptions.time(created))",
        ]
            + (unusableSince.map {
                ["no copies since \(OutputOptions.time($0)): the key is unusable"]
            }
                ?? [])
    }
}
