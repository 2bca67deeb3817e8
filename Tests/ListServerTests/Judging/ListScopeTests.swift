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

/// Which list a mail is for, by whichever address, and what another list makes of it.
@Suite struct ListScopeTests {
    private let bench: OpenerBench

    init() throws { bench = try OpenerBench() }

    @Test("a copy that comes back is a loop, by what stands outside and by what stands inside")
    func loops() throws {
        let reader = try TestKeyring("reader")
        try reader.learn(try bench.keys.keyring(of: bench.list).publicKey())
        // Through one other list already.
        let other = Array("X-Loop: other.lists.test\r\n".utf8)
        let words = bench.message(around: try bench.signedInside("words"))
        let post = try bench.post(other + words, in: bench.list)
        let copy = try bench.copy(of: post, for: reader, in: bench.list)
        let opened = try reader.open(try bench.packets(in: copy))
        let passed = ["other.lists.test", bench.list.listID]
        for part in [try Message(copy).root, try Message(opened.plaintext).root] {
            #expect(part.fields(named: "X-Loop").map(\.value) == passed)
        }
        func refusal(_ message: [UInt8]) throws -> Refusal? {
            guard case .refuse(let refusal, _, _) = try JudgeBench(bench).judge(message) else {
                return nil
            }
            return refusal
        }
        #expect(try refusal(copy) == .loop)
        // A list that passes it on writes a header of its own.
        let inside = try bench.alice.encrypt(opened.plaintext, to: [OpenerBench.listAddress])
        #expect(try refusal(bench.message(around: inside)) == .loop)
    }

    @Test("what was posted to one list is a post of another, and a replay in either the next time")
    func scopes() throws {
        let second = try bench.anotherList(at: "second@lists.test")
        try bench.alice.learn(try bench.keys.keyring(of: second).publicKey())
        _ = try bench.store.addSubscriber(
            StoreSamples.address(bench.alice.address),
            roles: .subscriber,
            certificate: bench.keys.certificates.inspect(bench.alice.publicKey(), now: Date())
                .get(),
            token: StoreSamples.token(44),
            to: second.id,
            now: OpenerBench.now
        )
        let entity = Array("Content-Type: text/plain\r\n\r\nto both\r\n".utf8)
        let both = [OpenerBench.listAddress, "second@lists.test"]
        let packets = try bench.alice.encrypt(entity, to: both)
        func mail(_ number: Int) -> [UInt8] {
            Array(
                String(decoding: bench.message(around: packets), as: UTF8.self)
                    .replacing("<1@people.test>", with: "<both\(number)@people.test>").utf8
            )
        }
        #expect(try JudgeBench(bench).process(mail(1)) == .accepted)
        #expect(try JudgeBench(bench, list: second).process(mail(2)) == .accepted)
        for list in [bench.list, second] {
            guard
                case .refused(.replay, _, _)? = try JudgeBench(bench, list: list).process(mail(3))
            else {
                Issue.record("no replay in \(list.address)")
                continue
            }
        }
    }

    @Test("what is to another address of a list is to the list")
    func alias() throws {
        let alias = try StoreSamples.address("Info@other.test")
        try bench.store.addAlias(alias, to: bench.list.id)
        let directory = ListDirectory(store: bench.store)
        for (address, role) in [
            ("info@other.test", ListRole.posting), ("INFO-request@other.test", .request),
            ("info-leave@OTHER.test", .leave), ("info=other.test@listseal.invalid", .posting),
        ] {
            guard case .role(let found) = try directory.resolve(StoreSamples.address(address))
            else {
                Issue.record("\(address)")
                continue
            }
            #expect(found.map(\.list.id) == [bench.list.id] && found.map(\.role) == [role])
        }
        let list = try #require(try bench.store.list(bench.list.id))
        // The signature says for whom: for the alias is for the list.
        func isTaken(to recipient: String) throws -> Bool {
            let entity =
                "Content-Type: text/plain; protected-headers=v1\r\n"
                + "From: alice@people.test\r\nTo: \(recipient)\r\n\r\n\(recipient)\r\n"
            let packets = try bench.alice.encrypt(
                Array(entity.utf8),
                to: [OpenerBench.listAddress]
            )
            let message = bench.message(around: packets)
            return try JudgeBench(bench, list: list).judge(message).isAcceptance
        }
        #expect(try isTaken(to: "info@other.test"))
        #expect(try !isTaken(to: "info-owner@other.test"))
        #expect(try !isTaken(to: "info@elsewhere.test"))
    }
}
