public import Foundation
import GRDB
public import MailingList
public import OpenPGP
public import SMTP

extension SQLiteStore {
    /// The workflow that waits for the token with this digest.
    public func workflow(awaiting token: [UInt8]) throws -> Workflow? {
        try read { try WorkflowRecord.all($0, where: "token = ?", [Data(token)]).first }
    }

    /// The workflow with this number.
    public func workflow(_ id: Workflow.ID) throws -> Workflow? {
        try read { try WorkflowRecord.all($0, where: "id = ?", [id]).first }
    }

    /// A person's workflow of one kind, if one is under way at a time.
    public func workflow(
        _ kind: Workflow.Kind,
        of address: EmailAddress,
        in list: MailingList.ID,
        now: Date
    ) throws -> Workflow? {
        try read { db in
            try WorkflowRecord.all(
                db,
                where: "list = ? AND address_key = ? AND kind = ? AND expires > ?",
                [list, address.key, kind.rawValue, now.timestamp]
            ).first
        }
    }

    /// Workflows of a list, after a row, in the order of their rows.
    public func workflows(
        of list: MailingList.ID?,
        after id: Workflow.ID,
        limit: Int
    ) throws -> [Workflow] {
        let condition = list == nil ? "id > :id" : "list = :list AND id > :id"
        var arguments: StatementArguments = ["id": id, "limit": limit]
        if let list { arguments += ["list": list] }
        return try read { [arguments] db in
            try WorkflowRecord.all(db, where: condition + " ORDER BY id LIMIT :limit", arguments)
        }
    }

    /// Workflows that wait for a program, after a row, in the order of their rows.
    public func workflowsAwaitingPrograms(
        after id: Workflow.ID,
        now: Date,
        limit: Int
    ) throws -> [Workflow] {
        try read { db in
            try WorkflowRecord.all(
                db,
                where: "token IS NULL AND id > ? AND expires > ? ORDER BY id LIMIT ?",
                [id, now.timestamp, limit]
            )
        }
    }

    /// Certificates that wait to be proven by an address, for whoever verifies.
    public func unprovenCertificates(
        of address: EmailAddress,
        in list: MailingList.ID
    ) throws -> [Certificate] {
        try read { db in
            try WorkflowRecord.all(
                db,
                where: "list = ? AND address_key = ? AND certificate IS NOT NULL",
                [list, address.key]
            ).compactMap(\.certificate)
        }
    }

    /// Ends a workflow; says whether there was one.
    public func cancelWorkflow(_ id: Workflow.ID) throws -> Bool {
        try write { db in
            try db.run("DELETE FROM workflow WHERE id = ?", [id])
            return db.changesCount == 1
        }
    }

    /// Whether any of these keys is a list's, or that of another person of the list.
    public func isTaken(
        _ keys: [Fingerprint],
        besides address: EmailAddress,
        in list: MailingList.ID
    ) throws -> Bool {
        try read { db in
            for key in keys {
                let isTaken = try Bool.fetchOne(
                    db,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM list WHERE fingerprint = :key)
                            OR EXISTS (SELECT 1 FROM list WHERE previous_fingerprint = :key)
                            OR EXISTS (
                                SELECT 1 FROM certificate_key AS k
                                JOIN subscriber AS s ON s.id = k.subscriber
                                WHERE k.list = :list AND k.fingerprint = :key
                                    AND s.address_key <> :address
                            )
                        """,
                    arguments: ["key": key.description, "list": list, "address": address.key]
                )
                if isTaken ?? false { return true }
            }
            return false
        }
    }

    /// Whether an address may get a mail of this kind that no token asked for.
    public func mayWrite(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date
    ) throws -> Bool {
        try read { db in
            try ReplyLimit.allows(
                kind,
                to: address,
                from: list,
                now: now,
                in: SQLiteTransaction(db)
            )
        }
    }
}
