public import MailingList
public import OpenPGP

/// An empty store, and the few steps that most rules begin with.
public struct StoreFixture: Sendable {
    /// The store.
    public let store: any ListStore
    /// Opens the same store once more.
    public let open: @Sendable () throws -> any ListStore

    /// Takes an empty store, and the way to open it again.
    public init(store: any ListStore, open: @escaping @Sendable () throws -> any ListStore) {
        self.store = store
        self.open = open
    }

    /// A list with a key.
    public func list(_ name: String = "a") throws -> MailingList {
        try store.createList(
            at: try StoreSamples.address("\(name)@lists.example"),
            settings: ListSettings(),
            now: StoreSamples.start
        ) { try StoreSamples.fingerprint(Int($0)) }
    }

    /// A person, with a certificate of her number unless told otherwise.
    @discardableResult
    public func person(
        _ number: Int,
        of list: MailingList,
        roles: Subscriber.Roles = .subscriber,
        certificate: Certificate?? = nil
    ) throws -> Subscriber {
        try store.addSubscriber(
            try StoreSamples.address("person\(number)@example.org"),
            roles: roles,
            certificate: try certificate ?? StoreSamples.certificate(number),
            token: try StoreSamples.token(1000 * Int(list.id) + number),
            to: list.id,
            now: StoreSamples.start
        )
    }

    /// A message that is taken for the subscribers of a list.
    public func acceptance(
        _ message: String,
        for list: MailingList,
        claims: [SignatureClaim]? = nil,
        except: Subscriber.ID? = nil
    ) throws -> Acceptance {
        Acceptance(
            list: list,
            receipt: StoreSamples.receipt(list, message),
            claims: try claims ?? [StoreSamples.claim(list, message)],
            effect: .distribute(
                StoreSamples.post("\(list.id)-\(message)"),
                to: .subscribers(except: except)
            )
        )
    }

    /// A message that is taken for the owners of a list.
    public func ownerMail(
        _ message: String,
        for list: MailingList,
        kind: SealedPost.Kind = .ownerMail,
        claims: [SignatureClaim] = []
    ) -> Acceptance {
        Acceptance(
            list: list,
            receipt: StoreSamples.receipt(list, message, role: .owner),
            claims: claims,
            effect: .distribute(
                StoreSamples.post("\(list.id)-owner-\(message)", kind: kind),
                to: .owners
            )
        )
    }

    /// Takes one post at the start.
    @discardableResult
    public func post(_ message: String, to list: MailingList) throws -> CommitResult {
        try store.commit([acceptance(message, for: list)], now: StoreSamples.start)
    }

    /// Everything that is owed and due so many seconds after the start.
    public func due(_ seconds: Int = 0) throws -> [Delivery] {
        try store.dueDeliveries(after: 0, now: StoreSamples.time(seconds), limit: 1000)
    }
}
