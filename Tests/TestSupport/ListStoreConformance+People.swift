import MailingList
import OpenPGP
import SMTP
import Testing

extension ListStoreConformance {
    static let people = [
        Self("a person comes back as she was added") { fixture in
            let list = try fixture.list()
            let certificate = try StoreSamples.certificate(1, expires: StoreSamples.time(60))
            let added = try fixture.store.addSubscriber(
                try StoreSamples.address("Anne@Example.org"),
                roles: [.subscriber, .owner],
                certificate: certificate,
                token: try StoreSamples.token(1),
                to: list.id,
                now: StoreSamples.start
            )
            #expect(added.list == list.id)
            #expect(added.address.description == "Anne@Example.org")
            #expect(added.roles == [.subscriber, .owner])
            #expect(added.certificate == certificate)
            #expect(added.delivery == .active)
            #expect(added.unusableSince == nil)
            #expect(try added.token == StoreSamples.token(1))
            #expect(added.created == StoreSamples.start)
            let found = try fixture.open().subscriber(
                at: try StoreSamples.address("aNNE@example.ORG"),
                of: list.id
            )
            #expect(found == added)
        },
        Self("a person without a certificate has none") { fixture in
            let list = try fixture.list()
            let added = try fixture.person(1, of: list, certificate: .some(nil))
            #expect(added.certificate == nil)
            #expect(try fixture.store.subscriber(at: added.address, of: list.id) == added)
        },
        Self("who is added again keeps her token and gets roles and certificate") { fixture in
            let list = try fixture.list()
            let first = try fixture.person(1, of: list, roles: .subscriber)
            let again = try fixture.store.addSubscriber(
                first.address,
                roles: .owner,
                certificate: nil,
                token: try StoreSamples.token(77),
                to: list.id,
                now: StoreSamples.time(9)
            )
            var expected = first
            expected.roles = [.subscriber, .owner]
            #expect(again == expected)
            let new = try StoreSamples.certificate(2)
            let third = try fixture.store.addSubscriber(
                first.address,
                roles: .owner,
                certificate: new,
                token: try StoreSamples.token(78),
                to: list.id,
                now: StoreSamples.time(9)
            )
            expected.certificate = new
            #expect(third == expected)
        },
        Self("any key of a certificate is one person's in a list") { fixture in
            let list = try fixture.list()
            let first = try fixture.person(1, of: list)
            let second = try fixture.person(2, of: list)
            let stolen = try StoreSamples.certificate(3, stealing: 1)
            #expect(throws: ListStoreError.keyInUse) {
                try fixture.store.setCertificate(stolen, of: second.id)
            }
            #expect(throws: ListStoreError.keyInUse) {
                _ = try fixture.person(3, of: list, certificate: first.certificate)
            }
            #expect(
                try fixture.store.subscribers(of: list.id, after: 0, limit: 9) == [first, second]
            )
            // Another list is another matter, and so is her own key.
            try fixture.person(3, of: try fixture.list("b"), certificate: stolen)
            try fixture.store.setCertificate(stolen, of: first.id)
            // Her old key is free now, less the subkey that she still has.
            #expect(throws: ListStoreError.keyInUse) {
                try fixture.store.setCertificate(try StoreSamples.certificate(1), of: second.id)
            }
            try fixture.store.setCertificate(try StoreSamples.certificate(4), of: first.id)
            try fixture.store.setCertificate(try StoreSamples.certificate(1), of: second.id)
        },
        Self(
            "who writes another's keys among her own keeps nobody out, and learns nothing"
        ) {
            fixture in
            let list = try fixture.list()
            let claiming = try StoreSamples.certificate(5, claiming: 1)
            let eve = try fixture.person(5, of: list, certificate: claiming)
            let address = try StoreSamples.address("person1@example.org")
            let hers = try StoreSamples.certificate(1)
            #expect(
                try !fixture.store.isTaken(hers.provenFingerprints, besides: address, in: list.id)
            )
            try fixture.person(1, of: list)
            // Nor is she told that those are another's, who is here: they prove nothing.
            #expect(
                try !fixture.store.isTaken(
                    claiming.provenFingerprints,
                    besides: eve.address,
                    in: list.id
                )
            )
            try fixture.store.setCertificate(claiming, of: eve.id)
            #expect(throws: ListStoreError.keyInUse) {
                try fixture.store.setCertificate(hers, of: eve.id)
            }
        },
        Self("people come in pages, in the order of their rows") { fixture in
            let list = try fixture.list()
            let other = try fixture.list("b")
            let people = try (1...5).map { number in
                try fixture.person(number, of: other)
                return try fixture.person(number, of: list)
            }
            let first = try fixture.store.subscribers(of: list.id, after: 0, limit: 2)
            #expect(first == Array(people.prefix(2)))
            let rest = try fixture.store.subscribers(of: list.id, after: first[1].id, limit: 9)
            #expect(rest == Array(people.dropFirst(2)))
        },
        Self("a token is found in its list alone") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            let person = try fixture.person(1, of: list)
            #expect(try fixture.store.subscriber(with: person.token, of: list.id) == person)
            #expect(try fixture.store.subscriber(with: person.token, of: other.id) == nil)
        },
        Self("owners are those with the role") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            let owner = try fixture.person(2, of: list, roles: .owner)
            let both = try fixture.person(3, of: list, roles: [.owner, .subscriber])
            #expect(try fixture.store.owners(of: list.id) == [owner, both])
        },
        Self("copies are suspended and resumed") { fixture in
            let list = try fixture.list()
            var person = try fixture.person(1, of: list)
            for delivery in [Subscriber.Delivery.suspended, .active] {
                try fixture.store.setDelivery(delivery, of: person.id)
                person.delivery = delivery
                #expect(try fixture.store.subscriber(at: person.address, of: list.id) == person)
            }
        },
        Self("with her last role a person goes, with her key and what is owed to her") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list, roles: [.subscriber, .owner])
            try fixture.post("one", to: list)
            try fixture.store.removeRoles([.subscriber, .owner], of: person.id)
            #expect(try fixture.store.subscriber(at: person.address, of: list.id) == nil)
            #expect(try fixture.store.owedOctets() == 0)
            let next = try fixture.person(2, of: list, certificate: person.certificate)
            #expect(next.id > person.id)
        },
        Self("with a role goes what is owed in it, and nothing else") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list, roles: [.subscriber, .owner])
            _ = try fixture.store.commit(
                [fixture.acceptance("one", for: list), fixture.ownerMail("two", for: list)],
                now: StoreSamples.start
            )
            try fixture.store.removeRoles(.subscriber, of: person.id)
            #expect(try fixture.store.owners(of: list.id).map(\.roles) == [.owner])
            let left = try fixture.due()
            #expect(left.count == 1)
            #expect(try fixture.store.post(left[0].post)?.post.kind == .ownerMail)
        },
    ]
}
