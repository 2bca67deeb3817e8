import MailingList
import SMTP
import Testing

extension ListStoreConformance {
    static let lists = [
        Self("a list is found by its number and by its address in any case") { fixture in
            let made = try fixture.store.createList(
                at: try StoreSamples.address("News@Lists.Example"),
                settings: ListSettings(),
                now: StoreSamples.start
            ) { _ in try StoreSamples.fingerprint(7) }
            #expect(made.address.description == "News@Lists.Example")
            #expect(try made.fingerprint == StoreSamples.fingerprint(7))
            #expect(made.created == StoreSamples.start)
            let store = try fixture.open()
            #expect(try store.list(made.id) == made)
            #expect(try store.list(at: StoreSamples.address("nEWS@lists.example")) == made)
            #expect(try store.list(at: StoreSamples.address("news@example")) == nil)
            #expect(try store.list(made.id + 1) == nil)
        },
        Self("lists come in the order of their addresses") { fixture in
            let (b, a) = (try fixture.list("b"), try fixture.list("a"))
            #expect(try fixture.store.lists() == [a, b])
        },
        Self("every setting survives, and a new one replaces it") { fixture in
            var list = try fixture.list()
            #expect(try fixture.store.list(list.id)?.settings == ListSettings())
            list.settings.displayName = "Zoë's \"list\" 'a'; --"
            list.settings.maximumMessageSize = 12_345
            list.settings.signatureMaximumAge = 7200
            list.settings.deliversOwnPosts = false
            list.settings.actions[.inline] = .ignore
            list.settings.unboundPostAction = .refuse
            try fixture.store.update(list.settings, of: list.id)
            #expect(try fixture.open().list(list.id) == list)
        },
        Self("an address that is taken is refused before a key is made") { fixture in
            let list = try fixture.list()
            for name in ["a", "A"] {
                #expect(throws: ListStoreError.addressTaken) {
                    _ = try fixture.store.createList(
                        at: try StoreSamples.address("\(name)@lists.example"),
                        settings: ListSettings(),
                        now: StoreSamples.start
                    ) { _ in
                        Issue.record("a key was made")
                        return try StoreSamples.fingerprint(2)
                    }
                }
            }
            #expect(try fixture.store.lists() == [list])
        },
        Self("two lists cannot share a List-Id") { fixture in
            _ = try fixture.store.createList(
                at: try StoreSamples.address("a.lists@example"),
                settings: ListSettings(),
                now: StoreSamples.start
            ) { _ in try StoreSamples.fingerprint(1) }
            #expect(throws: ListStoreError.addressTaken) { _ = try fixture.list("a") }
        },
        Self("of two who make the same list at once one is refused") { fixture in
            #expect(throws: ListStoreError.addressTaken) {
                _ = try fixture.store.createList(
                    at: try StoreSamples.address("a@lists.example"),
                    settings: ListSettings(),
                    now: StoreSamples.start
                ) { _ in
                    _ = try fixture.list("a")
                    return try StoreSamples.fingerprint(99)
                }
            }
            let lists = try fixture.store.lists()
            #expect(try lists.map(\.fingerprint) != [StoreSamples.fingerprint(99)])
            #expect(lists.count == 1)
        },
        Self("a key that cannot be made leaves no list and frees no number") { fixture in
            struct NoKey: Error {}
            var numbers: [MailingList.ID] = []
            #expect(throws: NoKey.self) {
                _ = try fixture.store.createList(
                    at: try StoreSamples.address("a@lists.example"),
                    settings: ListSettings(),
                    now: StoreSamples.start
                ) { number in
                    numbers.append(number)
                    throw NoKey()
                }
            }
            let lists = try fixture.store.lists()
            #expect(lists.isEmpty)
            #expect(try !numbers.contains(fixture.list().id) && !numbers.isEmpty)
        },
        Self("a list is deleted with all that hangs on it, and its number stays used") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            let person = try fixture.person(1, of: list, roles: [.subscriber, .owner])
            try fixture.person(1, of: other)
            try fixture.post("one", to: list)
            try fixture.post("one", to: other)
            try fixture.store.count(.refused, of: list.id)
            let claim = try StoreSamples.claim(list, "one")
            let row = try #require(try fixture.due().first { $0.subscriber == person.id })
            let store = fixture.store
            var settings = ListSettings()
            settings.archiveDays = 30
            try store.update(settings, of: list.id)
            try fixture.post("kept", to: list)
            try store.addAlias(try StoreSamples.address("info@lists.example"), to: list.id)
            let outsider = try StoreSamples.address("rita@press.example")
            try store.carryOut(
                [.bindKey(StoreSamples.certificate(5), to: outsider)],
                answers: [],
                in: list.id,
                now: StoreSamples.start
            )
            #expect(try store.archivedCount(of: list.id) == 1)
            try store.deleteList(list.id)
            #expect(try store.archivedCount(of: list.id) == 0)
            #expect(try store.list(at: StoreSamples.address("info@lists.example")) == nil)
            #expect(try store.externalContacts(of: list.id).isEmpty)
            #expect(try store.heldPosts(of: list.id, after: 0, limit: 9).isEmpty)
            #expect(try fixture.store.lists() == [other])
            #expect(try fixture.store.subscribers(of: list.id, after: 0, limit: 9).isEmpty)
            #expect(try fixture.store.post(row.post) == nil)
            #expect(try fixture.due().count == 1)
            #expect(try !fixture.store.isClaimed(claim))
            #expect(try fixture.store.counts() == [.seenElsewhere: 1])
            #expect(try fixture.list("a").id > list.id)
        },
        Self("what is not there is not found") { fixture in
            let store = fixture.store
            let certificate = try StoreSamples.certificate(1)
            let list = try fixture.list()
            for action: () throws -> Void in [
                { try store.update(ListSettings(), of: 99) },
                { try store.deleteList(99) },
                { try store.setCertificate(certificate, of: 99) },
                { try store.setDelivery(.suspended, of: 99) },
                { try store.removeRoles(.subscriber, of: 99) },
                { try store.count(.refused, of: 99) },
                {
                    _ = try store.addSubscriber(
                        list.address,
                        roles: .owner,
                        certificate: nil,
                        token: try StoreSamples.token(1),
                        to: 99,
                        now: StoreSamples.start
                    )
                },
            ] {
                #expect(throws: ListStoreError.notFound, performing: action)
            }
        },
        Self("dedicated domains are compared in any case, and replaced") { fixture in
            try fixture.store.setDedicatedDomains(["Lists.Example", "lists.example", "b.example"])
            #expect(try fixture.store.isDedicated(domain: "lists.EXAMPLE"))
            try fixture.store.setDedicatedDomains(["b.example"])
            #expect(try !fixture.store.isDedicated(domain: "lists.example"))
            #expect(try fixture.open().isDedicated(domain: "b.example"))
        },
    ]
}
