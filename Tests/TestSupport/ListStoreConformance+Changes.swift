import Foundation
import MailingList
import OpenPGP
import Testing

extension ListStoreConformance {
    static let changes = [
        Self("of two changes of settings at once both are kept, in one process and in two") {
            fixture in
            let list = try fixture.list()
            let other = try fixture.open()
            for round in 1...5 {
                _ = try Threads.run(2) { thread in
                    try (thread == 0 ? fixture.store : other).changeSettings(of: list.id) {
                        // Without one transaction both have read by now, and one is lost.
                        Thread.sleep(forTimeInterval: 0.02)
                        if thread == 0 {
                            $0.displayName = "\(round)"
                        } else {
                            $0.dailyPosts = round
                        }
                    }
                }
                let settings = try #require(try fixture.store.list(list.id)?.settings)
                #expect(settings.displayName == "\(round)" && settings.dailyPosts == round)
            }
        },
        Self("a mail that sets something and an administrator who does lose nothing") { fixture in
            let list = try fixture.list()
            let other = try fixture.open()
            _ = try Threads.run(2) { thread in
                if thread == 0 {
                    try fixture.store.changeSettings(of: list.id) {
                        Thread.sleep(forTimeInterval: 0.05)
                        $0.isPaused = true
                    }
                } else {
                    try other.carryOut(
                        [.set("display_name", to: "By mail")],
                        answers: [],
                        in: list.id,
                        now: StoreSamples.start
                    )
                }
            }
            let settings = try #require(try fixture.store.list(list.id)?.settings)
            #expect(settings.isPaused && settings.displayName == "By mail")
        },
        Self("settings that are not changed after all stay as they are") { fixture in
            let list = try fixture.list()
            #expect(throws: SettingRefusal.unknown("no_such")) {
                try fixture.store.changeSettings(of: list.id) {
                    $0.displayName = "x"
                    try $0.change("no_such", to: "x", by: .administrator)
                }
            }
            #expect(throws: SettingRefusal.self) {
                try fixture.store.changeSettings(of: list.id) {
                    try $0.change("from", to: "original", by: .administrator)
                }
            }
            #expect(try fixture.store.list(list.id)?.settings == ListSettings())
            let changed = try fixture.store.changeSettings(of: list.id) {
                try $0.change("display_name", to: "Y", by: .administrator)
            }
            #expect(changed.displayName == "Y")
            #expect(try fixture.open().list(list.id)?.settings == changed)
        },
        Self("a list is made with its owners and its key, or not at all") { fixture in
            func owner(_ number: Int, stealing other: Int? = nil) throws -> NewSubscriber {
                NewSubscriber(
                    address: try StoreSamples.address("person\(number)@example.org"),
                    roles: .owner,
                    certificate: try StoreSamples.certificate(number, stealing: other)
                )
            }
            let address = try StoreSamples.address("a@lists.example")
            let calls = Calls()
            func create(_ owners: [NewSubscriber]) throws -> MailingList {
                try fixture.store.createList(
                    at: address,
                    settings: ListSettings(),
                    owners: owners,
                    now: StoreSamples.start,
                    makeKey: { id in
                        calls.made.append(id)
                        if calls.fails { throw ListStoreError.outdated }
                        return try StoreSamples.fingerprint(Int(id))
                    },
                    discardKey: { calls.discarded.append($0) }
                )
            }
            // Two owners with one key: found before a key is made.
            #expect(throws: ListStoreError.keyInUse) {
                _ = try create([owner(1), owner(2, stealing: 1)])
            }
            #expect(calls.made.isEmpty && calls.discarded.isEmpty)
            calls.fails = true
            #expect(throws: ListStoreError.outdated) { _ = try create([owner(1)]) }
            #expect(calls.made == calls.discarded && calls.made.count == 1)
            calls.fails = false
            // A person without a role is no row: with them the list does not come about.
            let nobody = NewSubscriber(
                address: try StoreSamples.address("n@example.org"),
                roles: [],
                certificate: nil
            )
            #expect(throws: (any Error).self) { _ = try create([owner(1), nobody]) }
            #expect(calls.made == calls.discarded && calls.made.count == 2)
            #expect(try fixture.store.lists().isEmpty)
            let list = try create([owner(1), owner(2)])
            #expect(calls.made.last == list.id && calls.discarded.count == 2)
            #expect(Set(calls.made).count == 3)
            let store = try fixture.open()
            #expect(try store.lists() == [list])
            let owners = try store.owners(of: list.id)
            #expect(try owners.map(\.certificate) == [owner(1).certificate, owner(2).certificate])
            #expect(throws: ListStoreError.addressTaken) { _ = try create([owner(3)]) }
            #expect(calls.made.count == 3)
        },
    ]

    private final class Calls {
        var made: [MailingList.ID] = []
        var discarded: [MailingList.ID] = []
        var fails = false
    }
}
