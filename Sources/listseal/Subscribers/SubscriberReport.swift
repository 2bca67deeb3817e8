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
    let bouncedSince: Date?
    let bounces: [BounceReport]
    let created: Date

    struct BounceReport: Encodable {
        let received: Date
        let kind: String
        let status: String?
        let detail: String
    }

    /// - Parameters:
    ///   - subscriber: Who.
    ///   - bounces: What came back, if that is to be told.
    init(
        _ subscriber: Subscriber,
        bounces: [(received: Date, bounce: Bounce)] = []
    ) {
        address = subscriber.address.description
        roles = subscriber.roles.names
        fingerprint = subscriber.certificate?.fingerprint.description
        userIds = subscriber.certificate?.userIDs ?? []
        delivery = subscriber.delivery.rawValue
        isModerated = subscriber.isModerated
        canEncrypt = subscriber.certificate?.encryptionSubkey != nil
        encryptionExpires = subscriber.certificate?.encryptionExpires
        unusableSince = subscriber.unusableSince
        bouncedSince = subscriber.bouncedSince
        self.bounces = bounces.map {
            BounceReport(
                received: $0.received,
                kind: $0.bounce.kind.rawValue,
                status: $0.bounce.status?.description,
                detail: $0.bounce.detail
            )
        }
        created = subscriber.created
    }

    var line: String {
        let state =
            unusableSince == nil
            ? delivery + (bouncedSince == nil ? "" : " by bounces") : "key unusable"
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
            + (bouncedSince.map {
                ["no copies since \(OutputOptions.time($0)): too many came back"]
            } ?? [])
            + bounces.map { bounce in
                "came back    \(OutputOptions.time(bounce.received))  \(bounce.kind)  "
                    + "\(bounce.status ?? "no code")  \(bounce.detail)"
            }
    }
}
