import MailingList
import OpenPGP
import SMTP
import Testing

extension ListStoreConformance {
    static let audience = [
        Self("an author gets no copy of her own post if the list says so") { fixture in
            let list = try fixture.list()
            let author = try fixture.person(1, of: list)
            let other = try fixture.person(2, of: list)
            let post = try fixture.acceptance("one", for: list, except: author.id)
            #expect(
                try fixture.store.commit([post], now: StoreSamples.start)
                    == .committed(copies: [1])
            )
            #expect(try fixture.due().map(\.subscriber) == [other.id])
        },
        Self("neither owners nor the suspended nor another list get a post") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: .owner)
            let suspended = try fixture.person(2, of: list)
            try fixture.store.setDelivery(.suspended, of: suspended.id)
            try fixture.person(3, of: try fixture.list("b"))
            let both = try fixture.person(4, of: list, roles: [.subscriber, .owner])
            #expect(try fixture.post("one", to: list) == .committed(copies: [1]))
            #expect(try fixture.due().map(\.subscriber) == [both.id])
        },
        Self("a post for nobody is taken, and nothing is owed") { fixture in
            let list = try fixture.list()
            #expect(try fixture.post("one", to: list) == .committed(copies: [0]))
            #expect(try fixture.store.owedOctets() == 0)
            #expect(try fixture.store.status(now: StoreSamples.start).owed == 0)
            #expect(try fixture.post("one", to: list) == .committed(copies: [nil]))
        },
        Self("who cannot read gets no copy and is noted once, since the first time") { fixture in
            let list = try fixture.list()
            let now = StoreSamples.start
            try fixture.person(1, of: list, certificate: .some(nil))
            try fixture.person(
                2,
                of: list,
                certificate: StoreSamples.certificate(2, canEncrypt: false)
            )
            // Usable until the second in which it expires.
            try fixture.person(3, of: list, certificate: StoreSamples.certificate(3, expires: now))
            let reader = try fixture.person(
                4,
                of: list,
                certificate: StoreSamples.certificate(4, expires: StoreSamples.time(1))
            )
            let suspended = try fixture.person(5, of: list, certificate: .some(nil))
            try fixture.store.setDelivery(.suspended, of: suspended.id)
            try fixture.person(6, of: list, roles: .owner, certificate: .some(nil))
            #expect(try fixture.post("one", to: list) == .committed(copies: [1]))
            #expect(try fixture.due().map(\.subscriber) == [reader.id])
            #expect(try fixture.post("one", to: list) == .committed(copies: [nil]))
            _ = try fixture.store.commit(
                [fixture.acceptance("two", for: list)],
                now: StoreSamples.time(1)
            )
            let noted = try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9)
            #expect(
                noted.map(\.address.localPart) == ["person1", "person2", "person3", "person4"]
            )
            #expect(noted.map(\.unusableSince) == [now, now, now, StoreSamples.time(1)])
            #expect(
                try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 2).count == 2
            )
        },
        Self("a post in clear is for all subscribers, whatever their keys, while they are that") {
            fixture in
            let list = try fixture.list()
            let author = try fixture.person(1, of: list)
            let reader = try fixture.person(2, of: list)
            let keyless = try fixture.person(3, of: list, certificate: .some(nil))
            let leaving = try fixture.person(
                4,
                of: list,
                roles: [.subscriber, .owner],
                certificate: StoreSamples.certificate(4, canEncrypt: false)
            )
            let suspended = try fixture.person(5, of: list)
            try fixture.store.setDelivery(.suspended, of: suspended.id)
            try fixture.person(6, of: list, roles: .owner)
            let post = Acceptance(
                list: list,
                receipt: StoreSamples.receipt(list, "one"),
                claims: [],
                effect: .distribute(
                    StoreSamples.post("one", kind: .clearPost),
                    to: .subscribers(except: author.id)
                )
            )
            #expect(
                try fixture.store.commit([post], now: StoreSamples.start)
                    == .committed(copies: [3])
            )
            #expect(
                try Set(fixture.due().map(\.subscriber)) == [reader.id, keyless.id, leaving.id]
            )
            #expect(try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).isEmpty)
            try fixture.store.removeRoles(.subscriber, of: leaving.id)
            #expect(try Set(fixture.due().map(\.subscriber)) == [reader.id, keyless.id])
        },
        Self(
            "no more posts of a person are taken on a day than the list wants, however many come at once"
        ) {
            fixture in
            let list = try fixture.list()
            let author = try fixture.person(1, of: list)
            var settings = ListSettings()
            settings.dailyPosts = 2
            try fixture.store.update(settings, of: list.id)
            func commit(
                _ number: Int,
                _ seconds: Int = 0,
                by person: Subscriber.ID? = nil
            ) throws -> CommitResult {
                let post = try fixture.acceptance("post \(number)", for: list)
                return try fixture.store.commit(
                    [
                        Acceptance(
                            list: list,
                            receipt: post.receipt,
                            claims: post.claims,
                            effect: post.effect,
                            author: person ?? author.id
                        )
                    ],
                    now: StoreSamples.time(seconds)
                )
            }
            #expect(try commit(1) == .committed(copies: [1]))
            #expect(try commit(2) == .committed(copies: [1]))
            // Judged when there was room, and committed when there is none.
            #expect(try commit(3) == .outdated(index: 0))
            #expect(try fixture.due().count == 2)
            #expect(try commit(3, 86_400) == .committed(copies: [1]))
            // Who decides is not counted.
            let owner = try fixture.person(2, of: list, roles: [.subscriber, .owner])
            for number in 4..<8 {
                #expect(try commit(number, by: owner.id) == .committed(copies: [2]))
            }
        },
        Self("a new certificate makes readers again") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list, certificate: .some(nil))
            try fixture.post("one", to: list)
            try fixture.store.setCertificate(try StoreSamples.certificate(1), of: person.id)
            #expect(
                try fixture.store.subscriber(at: person.address, of: list.id)?.unusableSince == nil
            )
            #expect(try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).isEmpty)
            #expect(try fixture.post("two", to: list) == .committed(copies: [1]))
        },
        Self("mail to the owners goes to those who can read it, suspended or not") { fixture in
            let list = try fixture.list()
            let owner = try fixture.person(1, of: list, roles: .owner)
            try fixture.store.setDelivery(.suspended, of: owner.id)
            let blind = try fixture.person(2, of: list, roles: .owner, certificate: .some(nil))
            try fixture.person(3, of: list)
            #expect(
                try fixture.store.commit(
                    [fixture.ownerMail("one", for: list)],
                    now: StoreSamples.start
                ) == .committed(copies: [1])
            )
            #expect(try fixture.due().map(\.subscriber) == [owner.id])
            let noted = try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9)
            #expect(noted.map(\.id) == [blind.id])
        },
        Self("mail to owners of whom nobody can read it is not taken") { fixture in
            let list = try fixture.list()
            let other = try fixture.list("b")
            try fixture.person(1, of: list, roles: .owner, certificate: .some(nil))
            let post = try fixture.acceptance("one", for: other)
            let mail = fixture.ownerMail("one", for: list)
            #expect(throws: ListStoreError.noReader) {
                _ = try fixture.store.commit([post, mail], now: StoreSamples.start)
            }
            for receipt in [post.receipt, mail.receipt] {
                #expect(try !fixture.store.hasReceipt(receipt))
            }
            #expect(try fixture.store.latestTime() == nil)
            #expect(try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).isEmpty)
        },
        Self("a summons goes to every owner, whatever her key") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: .owner, certificate: .some(nil))
            try fixture.person(2, of: list, roles: .owner)
            try fixture.person(3, of: list)
            #expect(
                try fixture.store.commit(
                    [fixture.ownerMail("one", for: list, kind: .summons)],
                    now: StoreSamples.start
                ) == .committed(copies: [2])
            )
        },
        Self("copies do not leave in the order of subscription") { fixture in
            let list = try fixture.list()
            let people = try (1...12).map { try fixture.person($0, of: list).id }
            // Of 12! orders one is that of subscription: three times never.
            let orders = try ["a", "b", "c"].map { message in
                try fixture.post(message, to: list)
                return try fixture.due().suffix(12).map(\.subscriber)
            }
            #expect(orders.allSatisfy { Set($0) == Set(people) })
            #expect(orders.contains { $0 != people })
        },
    ]
}
