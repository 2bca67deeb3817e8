import MailingList
import SMTP
import Testing

extension ListStoreConformance {
    static let addresses = [
        Self("a list is found by each of its addresses, and by none that was taken away") {
            fixture in
            let (store, list, other) = (fixture.store, try fixture.list("a"), try fixture.list("b"))
            let alias = try StoreSamples.address("Info@lists.example")
            try store.addAlias(alias, to: list.id)
            let found = try #require(
                try fixture.open().list(at: try StoreSamples.address("iNFO@lists.example"))
            )
            #expect(found.id == list.id && found.address == list.address)
            #expect(found.aliases.map(\.description) == ["Info@lists.example"])
            #expect(try store.lists() == [found, other])
            #expect(try !store.removeAlias(alias, from: other.id))
            #expect(try !store.removeAlias(list.address, from: list.id))
            #expect(try store.removeAlias(alias, from: list.id))
            #expect(try store.list(at: alias) == nil)
        },
        Self("a list that is renamed keeps its List-Id, and its old address as an alias") {
            fixture in
            let list = try fixture.list("a")
            try fixture.person(1, of: list)
            try fixture.person(2, of: list, roles: .owner)
            try fixture.store.setDelivery(
                .suspended,
                of: try fixture.person(3, of: list).id
            )
            let new = try StoreSamples.address("b@elsewhere.example")
            try fixture.store.rename(
                list.id,
                to: new,
                announcement: StoreSamples.post("renamed"),
                now: StoreSamples.start
            )
            let renamed = try #require(try fixture.open().list(list.id))
            #expect(renamed == list.renamed(to: new))
            #expect(renamed.listID == list.listID && renamed.address == new)
            #expect(renamed.aliases == [list.address])
            for address in [new, list.address] {
                #expect(try fixture.store.list(at: address) == renamed)
            }
            // Everybody is told, whatever her role and delivery.
            #expect(try fixture.due().count == 3)
            // And back: what was an alias is the address again.
            try fixture.store.rename(
                list.id,
                to: list.address,
                announcement: StoreSamples.post("back"),
                now: StoreSamples.start
            )
            let back = try #require(try fixture.store.list(list.id))
            #expect(back.address == list.address && back.aliases == [new])
        },
        Self("another case of a list's address is no other address") { fixture in
            let list = try fixture.list("a")
            try fixture.store.rename(
                list.id,
                to: try StoreSamples.address("A@Lists.example"),
                announcement: StoreSamples.post("case"),
                now: StoreSamples.start
            )
            let renamed = try #require(try fixture.store.list(list.id))
            #expect(renamed.address.description == "A@Lists.example" && renamed.aliases.isEmpty)
        },
        Self("an address is one list's, whether the first one of it or another") { fixture in
            let (store, list, other) = (fixture.store, try fixture.list("a"), try fixture.list("b"))
            let alias = try StoreSamples.address("info@lists.example")
            try store.addAlias(alias, to: list.id)
            for (id, taken) in [(other.id, alias), (other.id, list.address), (list.id, alias)] {
                #expect(throws: ListStoreError.addressTaken) { try store.addAlias(taken, to: id) }
            }
            for taken in [alias, list.address] {
                #expect(throws: ListStoreError.addressTaken) {
                    try store.rename(
                        other.id,
                        to: taken,
                        announcement: StoreSamples.post("taken"),
                        now: StoreSamples.start
                    )
                }
            }
            #expect(throws: ListStoreError.addressTaken) { _ = try fixture.list("info") }
            #expect(try store.lists().map(\.id) == [list.id, other.id])
            #expect(try fixture.due().isEmpty)
            try store.deleteList(list.id)
            #expect(try fixture.list("info").aliases.isEmpty)
        },
        Self("a list has so many aliases and no more") { fixture in
            let list = try fixture.list("a")
            for number in 1...MailingList.maximumAliases {
                try fixture.store.addAlias(
                    try StoreSamples.address("a\(number)@lists.example"),
                    to: list.id
                )
            }
            let another = try StoreSamples.address("another@lists.example")
            #expect(throws: ListStoreError.tooMany) {
                try fixture.store.addAlias(another, to: list.id)
            }
            #expect(throws: ListStoreError.tooMany) {
                try fixture.store.rename(
                    list.id,
                    to: another,
                    announcement: StoreSamples.post("many"),
                    now: StoreSamples.start
                )
            }
            #expect(try fixture.store.list(list.id)?.address == list.address)
        },
        Self("who stands in From of a post, and what only the host can have made, survives") {
            fixture in
            var list = try fixture.list("a")
            list.settings.archiveDays = 9
            try fixture.store.update(list.settings, of: list.id)
            try fixture.person(1, of: list)
            let author = try StoreSamples.address("person1@example.org")
            let plain = StoreSamples.post("signed")
            var post = plain
            post.author = author
            post.mac = [UInt8](repeating: 7, count: 32)
            _ = try fixture.store.commit(
                [
                    Acceptance(
                        list: list,
                        receipt: StoreSamples.receipt(list, "signed"),
                        claims: [],
                        effect: .distribute(post, to: .subscribers(except: nil))
                    )
                ],
                now: StoreSamples.start
            )
            let store = try fixture.open()
            for posts in [
                try store.storedPosts(of: list.id, after: 0, limit: 9),
                try store.archivedPosts(of: list.id, after: 0, limit: 9),
            ] {
                #expect(posts.map(\.post) == [post])
            }
        },
    ]
}
