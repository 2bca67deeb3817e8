import Foundation
import GRDB
import MailingList
import OpenPGP

extension SQLiteTransaction {
    func insert(_ receipt: Receipt, now: Date) throws -> Bool {
        try ReceiptRecord.insert(receipt, now: now, in: db)
    }

    func insert(
        _ claim: SignatureClaim,
        of list: MailingList.ID,
        until end: Date
    ) throws -> Bool {
        try ClaimRecord.insert(claim, of: list, until: end, in: db)
    }

    func noteSighting(
        of claim: SignatureClaim,
        in list: MailingList.ID,
        until end: Date
    ) throws {
        try SightingRecord.insert(claim, of: list, until: end, in: db)
    }

    func isSighted(
        _ claim: SignatureClaim,
        besides list: MailingList.ID,
        now: Date
    ) throws -> Bool {
        try SightingRecord.exists(claim, besides: list, now: now, in: db)
    }

    func distribute(
        _ post: SealedPost,
        of list: MailingList.ID,
        to audience: AudienceFilter,
        now: Date
    ) throws -> Int {
        let row = try PostRecord.insert(post, of: list, reader: nil, in: db)
        try AudienceQuery(audience: audience, list: list, now: now)
            .insertDeliveries(post: row, octets: post.bytes.count, in: db)
        let copies = db.changesCount
        // It would have no last copy to be deleted with.
        if copies == 0 { try db.run("DELETE FROM post WHERE id = ?", [row]) }
        return copies
    }

    func send(
        _ post: SealedPost,
        of list: MailingList.ID,
        to certificate: Certificate?,
        now: Date
    ) throws {
        let row = try PostRecord.insert(post, of: list, reader: certificate, in: db)
        try db.run(
            "INSERT INTO delivery (list, post, next_attempt, octets) VALUES (?, ?, ?, ?)",
            [list, row, now.timestamp, post.bytes.count]
        )
    }

    func archive(_ post: SealedPost, of list: MailingList.ID) throws {
        try ArchiveRecord.insert(post, of: list, in: db)
    }

    func markUnusable(
        _ audience: AudienceFilter,
        of list: MailingList.ID,
        since now: Date
    ) throws {
        try AudienceQuery(audience: audience, list: list, now: now).markUnusable(in: db)
    }

    func delivery(_ id: Delivery.ID) throws -> DeliveryFacts? {
        try DeliveryRecord.facts(id, in: db)
    }

    func postpone(_ id: Delivery.ID, until time: Date, reason: String) throws {
        try db.run(
            """
            UPDATE delivery
            SET attempts = attempts + 1, next_attempt = ?, reason = ?, unknown = 0, waits = NULL
            WHERE id = ?
            """,
            [time.timestampRoundedUp, reason, id]
        )
    }

    func postponeUnknown(_ id: Delivery.ID, until time: Date, reason: String) throws {
        try db.run(
            """
            UPDATE delivery SET attempts = attempts + 1, next_attempt = ?, reason = ?
            WHERE id = ?
            """,
            [time.timestampRoundedUp, reason, id]
        )
    }

    func forgetAttempt(_ id: Delivery.ID) throws {
        try db.run("UPDATE delivery SET unknown = max(0, unknown - 1) WHERE id = ?", [id])
    }

    func setNextAttempt(_ id: Delivery.ID, to time: Date) throws {
        try db.run(
            "UPDATE delivery SET next_attempt = ? WHERE id = ? AND waits IS NULL",
            [time.timestamp, id]
        )
    }

    func setWaiting(_ id: Delivery.ID, for wait: Delivery.Wait, reason: String) throws {
        try db.run(
            "UPDATE delivery SET attempts = attempts + 1, reason = ?, waits = ? WHERE id = ?",
            [reason, wait.rawValue, id]
        )
    }

    func deleteDelivery(_ id: Delivery.ID) throws {
        try db.run("DELETE FROM delivery WHERE id = ?", [id])
    }

    func deleteDeliveries(of id: Subscriber.ID, kinds: [SealedPost.Kind]) throws {
        let names = kinds.map(\.rawValue)
        let places = names.map { _ in "?" }.joined(separator: ", ")
        try db.run(
            """
            DELETE FROM delivery WHERE subscriber = ?
                AND (SELECT kind FROM post WHERE id = delivery.post) IN (\(places))
            """,
            [id] + StatementArguments(names)
        )
    }

    func noteUnsent(to address: String, reason: String, of list: MailingList.ID) throws {
        try db.run(
            "INSERT INTO unsent (list, address, reason) VALUES (?, ?, ?)",
            [list, address, reason]
        )
    }

    func noteMissed(
        _ address: String,
        _ copy: MissedCopyFacts,
        of list: MailingList.ID,
        now: Date
    ) throws {
        try MissedCopyRecord.insert(copy, address: address, of: list, now: now, in: db)
    }
}
