import Crypto
import Foundation
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Mails with commands that a stranger writes in other people's names, in pairs: one in the
/// name of a subscriber, and the same in the name of somebody who is not on the list.
final class MembershipBench {
    /// What is attached.
    enum Attachment: String, CaseIterable {
        case none
        /// A good key.
        case fast
        /// A key that gpg would take a second for.
        case slow
        /// A key on which gpg fails.
        case broken
        /// A key of 15 s of work.
        case burn
        /// A key with 100 KB of other people's signatures.
        case huge
    }

    /// A command, by a Subject to LIST-request or by an address of its own.
    struct Command: CustomTestStringConvertible {
        let subject: String
        let address: String
        let takesKey: Bool

        init(_ subject: String, to address: String = "request", takesKey: Bool = false) {
            self.subject = subject
            self.address = address
            self.takesKey = takesKey
        }

        var testDescription: String {
            address == "request" ? subject : "-" + String(address.prefix { $0 != "+" })
        }
    }

    private static let token = String(repeating: "a", count: 26)
    /// Everything that a stranger can ask for in somebody's name.
    static let commands: [Command] = [
        Command("key update", takesKey: true), Command("key revoke", takesKey: true),
        Command("key set \(token)", takesKey: true), Command("key change", takesKey: true),
        Command("help"), Command("info"), Command("subscribe"), Command("unsubscribe"),
        Command("key receive"), Command("key confirm"), Command("confirm \(token)"),
        Command("who"), Command("set delivery off"), Command("key get alice@people.test"),
        Command("key sign"), Command("accept \(token)"), Command("", to: "join"),
        Command("", to: "leave"), Command("", to: "sendkey"), Command("", to: "confirm+\(token)"),
    ]

    let doors: DoorBench
    private let keys: [Attachment: [UInt8]]
    private var people = 0

    init(answers: ReplyTiming? = nil, slots: OpeningSlots = OpeningSlots(count: 4)) throws {
        let bench = try OpenerBench()
        doors = try DoorBench(bench, answers: answers, slots: slots)
        let good = try TestKeyring("mallory").publicKey()
        let foreign = try #require(HostileCertificate.packets(of: good).first { $0.tag == 2 })
        let bob = HostileCertificate.packets(of: try TestKeyring("bob").publicKey()).map {
            HostileCertificate.packet($0.tag, $0.body)
        }
        let noise = Array(
            repeating: HostileCertificate.packet(2, foreign.body),
            count: 100_000 / foreign.body.count
        )
        keys = try [
            .fast: good,
            .slow: HostileCertificate.slow.bytes(),
            .broken: HostileCertificate.damagedSubkey.bytes(),
            .burn: HostileCertificate.burn.bytes(),
            .huge: bob[0] + bob[1] + bob[2] + noise.flatMap(\.self) + bob[3] + bob[4],
        ]
        // What is read once is read now.
        for door in DoorBench.Entrance.allCases {
            for _ in 0..<2 {
                // The second is refused, for which the engine is tested.
                for command in [Command("help"), Command("confirm \(Self.token)")] {
                    for mail in try pair(of: command, .none) {
                        _ = try doors.send(mail.bytes, to: mail.recipients, by: door)
                    }
                }
            }
        }
    }

    /// One mail.
    struct Mail {
        let isMember: Bool
        let bytes: [UInt8]
        let recipients: [String]
    }

    /// The two mails of a pair, by people who have not asked for anything yet.
    func pair(of command: Command, _ attachment: Attachment) throws -> [Mail] {
        people += 1
        let member = "m\(people)@people.test"
        _ = try doors.bench.store.addSubscriber(
            StoreSamples.address(member),
            roles: .subscriber,
            certificate: try Self.certificate(of: member),
            token: try StoreSamples.token(1000 + people),
            to: doors.bench.list.id,
            now: OpenerBench.now
        )
        return [(true, member), (false, "s\(people)@people.test")].map { isMember, address in
            Mail(
                isMember: isMember,
                bytes: mail(from: address, command, attachment),
                recipients: ["list-\(command.address)@lists.test"]
            )
        }
    }

    private func mail(
        from address: String,
        _ command: Command,
        _ attachment: Attachment
    ) -> [UInt8] {
        let head =
            "From: <\(address)>\r\nTo: <list-request@lists.test>\r\n"
            + "Subject: \(command.subject)\r\nMessage-ID: <\(UUID())@people.test>\r\n"
            + "MIME-Version: 1.0\r\n"
        guard let key = keys[attachment] else {
            return Array((head + "Content-Type: text/plain\r\n\r\nhello\r\n").utf8)
        }
        return Array(
            (head + "Content-Type: multipart/mixed; boundary=k\r\n\r\n--k\r\n"
                + "Content-Type: text/plain\r\n\r\nhello\r\n--k\r\n"
                + "Content-Type: application/pgp-keys\r\n\r\n").utf8
        ) + Armor.armor(key, kind: .publicKey) + Array("\r\n--k--\r\n".utf8)
    }

    // Made here, since gpg would take longer for it than for all that is measured.
    private static func certificate(of address: String) throws -> Certificate {
        var crafted = try CraftedCertificate(
            userID: address,
            created: OpenerBench.now.addingTimeInterval(-86_400)
        )
        let point = Curve25519.KeyAgreement.PrivateKey().publicKey.rawRepresentation
        let made = UInt32(OpenerBench.now.timeIntervalSince1970 - 86_400)
        try crafted.add(
            subkey: [4] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: made >> $0) }
                + [18, 10, 0x2b, 6, 1, 4, 1, 0x97, 0x55, 1, 5, 1, 1, 7, 0x40] + point
                + [3, 1, 8, 7]
        )
        let scan = try CertificateScan(crafted.bytes)
        return Certificate(
            bytes: crafted.bytes,
            fingerprint: scan.primary.fingerprint,
            allFingerprints: scan.allFingerprints,
            userIDs: scan.userIDs,
            encryptionSubkey: scan.subkeys.first?.fingerprint,
            encryptionExpires: nil
        )
    }
}
