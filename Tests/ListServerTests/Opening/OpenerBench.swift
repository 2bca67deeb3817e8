import Foundation
import GnuPG
import MIME
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// A list with its key, one subscriber, and what a door asks for each message.
final class OpenerBench: Sendable {
    static let now = Date()
    static let listAddress = "list@lists.test"

    let directory: TemporaryDirectory
    let store: SQLiteStore
    let keys: ListKeys
    let list: MailingList
    let alice: TestKeyring
    let opener: MessageOpener
    let sealer: Sealer
    private let loan: KeyCabinet.Loan

    init() throws {
        directory = try TemporaryDirectory()
        let state = StateDirectory(path: directory.file("s"))
        try state.create()
        store = try SQLiteStore(path: state.database)
        let keys = try ListKeys(state: state, pauseOfSelfTests: 0)
        self.keys = keys
        var loan: KeyCabinet.Loan?
        list = try store.createList(
            at: StoreSamples.address(Self.listAddress),
            settings: ListSettings(),
            now: Self.now
        ) { id in
            let key = try KeyCabinet.shared.take("the list's", into: state.keyHome(of: id)) {
                try ListKeyring.create(
                    home: $0,
                    engine: keys.engine,
                    algorithm: .curve25519,
                    userIDs: ["<\(Self.listAddress)>"]
                ).fingerprint.description
            }
            loan = key
            return try #require(Fingerprint(hex: key.note))
        }
        self.loan = try #require(loan)
        alice = try TestKeyring("alice")
        try alice.learn(try keys.keyring(of: list).publicKey())
        let certificate = try keys.certificates.inspect(try alice.publicKey(), now: Date()).get()
        _ = try store.addSubscriber(
            StoreSamples.address(alice.address),
            roles: .subscriber,
            certificate: certificate,
            token: try StoreSamples.token(1),
            to: list.id,
            now: Self.now
        )
        opener = MessageOpener(store: store, keys: keys)
        sealer = Sealer(
            keys: keys,
            digestKey: try Self.digestKey(at: directory.file("digest")),
            certifications: store.certifications
        )
    }

    // The key is older than every post of the bench, whose clock stands still.
    private static func digestKey(at path: String) throws -> DigestKey {
        try DigestKey.make(at: path)
        try FileManager.default.setAttributes(
            [.modificationDate: now.addingTimeInterval(-86_400)],
            ofItemAtPath: path
        )
        return try DigestKey.load(at: path)
    }

    deinit {
        keys.stopAgents()
        KeyCabinet.shared.giveBack(loan)
    }

    /// What is found in a message, and what the policies say of it.
    func judge(_ message: [UInt8]) throws -> (opened: OpenedMessage, verdict: Verdict) {
        let opened = try opener.open(ReceivedMessage(bytes: message), for: list)
        let context = PolicyContext(
            judging: opened,
            for: list,
            now: Date(),
            isClaimed: store.isClaimed
        )
        return (opened, try Judgement(of: opened, as: .post, in: context).verdict)
    }

    /// A message that was opened as a post.
    func arrival(of message: ReceivedMessage, for list: MailingList) throws -> Arrival {
        let recipient = ListRecipient(list: list, role: .posting, bounced: nil)
        return Arrival(
            message: message,
            opened: try opener.open(message, for: list),
            recipient: recipient,
            receipt: message.receipt(for: recipient)
        )
    }

    /// PGP/MIME around an OpenPGP message.
    func message(around packets: [UInt8]) -> [UInt8] {
        let head = [
            "From: alice <\(alice.address)>", "To: \(Self.listAddress)", "Subject: [...]",
            "Date: \(MessageDate.format(Self.now))", "Message-ID: <1@people.test>",
            "MIME-Version: 1.0", "Content-Type: multipart/encrypted; boundary=\"b\";",
            " protocol=\"application/pgp-encrypted\"", "", "--b",
            "Content-Type: application/pgp-encrypted", "", "Version: 1", "", "--b",
            "Content-Type: application/octet-stream", "", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8)
            + Armor.armor(packets, kind: .message) + Array("--b--\r\n".utf8)
    }

    /// An entity of hers, signed in the OpenPGP message.
    func signedInside(_ text: String, subject: String = "a subject") throws -> [UInt8] {
        try alice.encrypt(entity(text, subject: subject), to: [Self.listAddress])
    }

    /// A multipart/signed of hers, in the clear.
    func encapsulated(_ text: String) throws -> [UInt8] {
        let entity = entity(text)
        let signature = Armor.armor(try alice.sign(entity, detached: true), kind: .signature)
        let head =
            "Content-Type: multipart/signed; boundary=s; micalg=pgp-sha256;\r\n"
            + " protocol=\"application/pgp-signature\"\r\n\r\n--s\r\n"
        return Array(head.utf8) + entity
            + Array("\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n".utf8)
            + signature + Array("--s--\r\n".utf8)
    }

    private func entity(_ text: String, subject: String = "a subject") -> [UInt8] {
        Array(
            ("Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\r\n"
                + "From: alice <\(alice.address)>\r\nTo: \(Self.listAddress)\r\n"
                + "Subject: \(subject)\r\n\r\n\(text)\r\n").utf8
        )
    }
}
