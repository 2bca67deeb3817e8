import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@testable import ListServer

@Suite("Outer headers")
struct OuterHeaderTests {
    private let bench: OpenerBench

    init() throws {
        bench = try OpenerBench()
    }

    // The list as it is after a change that owners made while copies were due.
    private func changed(_ list: MailingList) throws -> MailingList {
        var settings = list.settings
        for (name, value) in [
            ("display_name", "Another name"), ("reply_to", "list"),
            ("include_list_headers", "false"),
            ("include_autocrypt", "false"),
        ] {
            #expect(ListSettings.named(name)?.set(&settings, value) == true, "\(name)")
        }
        return MailingList(
            id: list.id,
            address: try StoreSamples.address("renamed@lists.test"),
            aliases: [list.address],
            listID: list.listID,
            key: list.key,
            created: list.created,
            settings: settings
        )
    }

    private func outside(_ copy: [UInt8]) throws -> [String] {
        try Message(copy).root.headerFields
            .filter { !$0.isStructural && !$0.isNamed("Autocrypt") }
            .map { "\($0.name): \($0.value)" }
    }

    @Test(
        "a list that changes while copies are due sends the outer header that was sealed",
        arguments: [[:], ["sign_outgoing": "false"], OpenerBench.open]
    )
    func changedList(settings: [String: String]) throws {
        let list = try bench.list(with: settings)
        let isClear = settings == OpenerBench.open
        let message =
            isClear
            ? bench.mail(try bench.encapsulated("words"))
            : bench.message(around: try bench.signedInside("words"))
        let post = try bench.post(message, in: list)
        #expect(post.kind == (isClear ? .clearPost : .post))
        let before = try outside(bench.copy(of: post, for: bench.alice, in: list))
        let after = try outside(bench.copy(of: post, for: bench.alice, in: try changed(list)))
        #expect(before == after)
        #expect(before.contains { $0.hasPrefix("List-Id:") })
    }
}
