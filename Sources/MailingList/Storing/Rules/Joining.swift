import Foundation

/// How a person is added to a list, and how copies stop and go on.
enum Joining {
    /// Adds a person, or gives more roles and a certificate to one who is there.
    ///
    /// Throws ``ListStoreError/keyInUse`` if a key belongs to another person of the list,
    /// ``ListStoreError/notFound`` without such a list, and what the transaction throws.
    @discardableResult
    static func add(
        _ new: NewSubscriber,
        to list: MailingList.ID,
        now: Date,
        in records: any StoreTransaction
    ) throws -> Subscriber {
        if let known = try records.subscriber(at: new.address, of: list) {
            try records.setRoles(known.roles.union(new.roles), of: known.id)
        } else {
            try records.insert(new, of: list, now: now)
        }
        guard let person = try records.subscriber(at: new.address, of: list) else {
            throw ListStoreError.notFound
        }
        guard let certificate = new.certificate else { return person }
        try KeyReplacement.give(certificate, to: person, in: records)
        return try records.person(person.id)
    }

    /// Suspends or resumes the copies; resuming forgets the bounces before, which say
    /// nothing of what comes now.
    ///
    /// Throws what the transaction throws.
    static func set(
        _ delivery: Subscriber.Delivery,
        of person: Subscriber.ID,
        in records: any StoreTransaction
    ) throws {
        if delivery == .active {
            try records.setBounced(since: nil, of: person)
            try records.deleteBounces(of: person)
        }
        try records.setDelivery(delivery, of: person)
    }
}

extension StoreTransaction {
    /// The person with this number.
    ///
    /// Throws ``ListStoreError/notFound`` without one.
    func person(_ id: Subscriber.ID) throws -> Subscriber {
        guard let person = try subscriber(id) else { throw ListStoreError.notFound }
        return person
    }
}
