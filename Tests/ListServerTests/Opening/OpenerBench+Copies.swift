import Foundation
import GnuPG
import MIME
import MailingList
import NIOCore
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What becomes of a post, as far as a reader has it.
extension OpenerBench {
    /// The list under other settings.
    func list(with settings: [String: String]) throws -> MailingList {
        var list = list
        for (name, value) in settings {
            #expect(ListSettings.named(name)?.set(&list.settings, value) == true, "\(name)")
        }
        return list
    }

    /// What is kept of a message that the list takes.
    func post(_ message: [UInt8], in list: MailingList) throws -> SealedPost {
        guard case .accept(let acceptance) = try JudgeBench(self, list: list).judge(message),
            case .distribute(let post, _) = acceptance.effect
        else { throw SealerError.nothingToSeal }
        return post
    }

    /// The copy for a reader; for somebody without a key, if there is none.
    func copy(
        of post: SealedPost,
        for reader: TestKeyring?,
        in list: MailingList
    ) throws -> [UInt8] {
        let source = try CopyMaker(list: list, post: post, sealer: sealer)
        return try source.copy(
            for: Delivery(
                id: 1,
                post: 1,
                subscriber: 1,
                recipient: list.address,
                token: nil,
                certificate: try reader.map {
                    try keys.certificates.inspect($0.publicKey(), now: Date()).get()
                },
                attempts: 0
            ),
            now: Date()
        ).get().flatMap { Array($0.readableBytesView) }
    }

    /// The OpenPGP message in a copy.
    func packets(in copy: [UInt8]) throws -> [UInt8] {
        guard case .encrypted(let armored) = PGPMIME(try Message(copy).root, limit: 1 << 20) else {
            throw SealerError.nothingToSeal
        }
        return try Armor.dearmor(armored, kind: .message)
    }

    /// Settings under which what comes in clear leaves in clear.
    static let open = ["encrypt_outgoing": "as-received", "nonencrypted_msg_action": "defer"]

    /// A mail of hers with an entity that is not encrypted.
    func mail(_ entity: [UInt8]) -> [UInt8] {
        let head = [
            "From: alice <\(alice.address)>", "To: \(Self.listAddress)",
            "Subject: outside", "Date: \(MessageDate.format(Self.now))",
            "Message-ID: <2@people.test>", "References: <1@people.test>", "MIME-Version: 1.0", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + entity
    }

    /// Gives the list another key, as the commands do.
    func rotate(
        _ list: MailingList,
        opensMail: Bool = true,
        until end: Date = OpenerBench.now
    ) throws -> (keyring: ListKeyring, list: MailingList) {
        let state = StateDirectory(path: directory.file("s"))
        let fresh = try ListKeyring.create(
            home: state.keyHome(of: list.id, key: 1),
            engine: keys.engine,
            userIDs: ["<\(Self.listAddress)>"]
        )
        try store.replaceKey(
            of: list,
            by: list.replacing(key: fresh.fingerprint, opensMail: opensMail, until: end),
            announcement: sealer.seal(
                announcement: AnswerText(.keyRotated, [:]),
                attaching: nil,
                of: list,
                now: Self.now
            ),
            now: Self.now
        )
        return (fresh, try #require(try store.list(list.id)))
    }

    /// Another list of the same host, with a key of its own.
    func anotherList(at address: String) throws -> MailingList {
        let state = StateDirectory(path: directory.file("s"))
        return try store.createList(
            at: StoreSamples.address(address),
            settings: ListSettings(),
            now: Self.now
        ) { id in
            try ListKeyring.create(
                home: state.keyHome(of: id),
                engine: keys.engine,
                userIDs: ["<\(address)>"]
            ).fingerprint
        }
    }
}
