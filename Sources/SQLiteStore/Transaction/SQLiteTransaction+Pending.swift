import Foundation
import GRDB
import MailingList
import SMTP

extension SQLiteTransaction {
    func workflow(_ id: Workflow.ID) throws -> Workflow? {
        try WorkflowRecord.all(db, where: "id = ?", [id]).first
    }

    func insert(_ workflow: Workflow) throws -> Bool {
        try WorkflowRecord.insert(workflow, in: db)
    }

    func update(_ workflow: Workflow) throws -> Bool {
        try WorkflowRecord.update(workflow, in: db)
    }

    func delete(_ workflow: Workflow) throws -> Bool {
        try WorkflowRecord.delete(workflow, in: db)
    }

    func deleteWorkflow(_ id: Workflow.ID) throws {
        try db.run("DELETE FROM workflow WHERE id = ?", [id])
    }

    func countFailure(of id: Workflow.ID) throws {
        try db.run("UPDATE workflow SET failures = failures + 1 WHERE id = ?", [id])
    }

    func deleteWorkflows(
        of address: EmailAddress,
        in list: MailingList.ID,
        kinds: [Workflow.Kind],
        endingBy time: Date?
    ) throws {
        for kind in kinds {
            try db.run(
                """
                DELETE FROM workflow
                WHERE list = ? AND address_key = ? AND kind = ? AND expires <= ?
                """,
                [list, address.key, kind.rawValue, time?.timestamp ?? .max]
            )
        }
    }

    func insert(_ post: HeldPost) throws { try HeldRecord.insert(post, in: db) }

    func deleteHeldPost(_ id: HeldPost.ID) throws -> Bool { try HeldRecord.delete(id, in: db) }

    func renew(_ post: HeldPost) throws -> Bool { try HeldRecord.renew(post, in: db) }

    func latestReply(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID
    ) throws -> Date? {
        try ReplyLimitRecord.latest(kind, to: address, from: list, in: db)
    }

    func replies(
        _ kind: ReplyLimit.Kind,
        from list: MailingList.ID,
        after time: Date
    ) throws -> Int {
        try ReplyLimitRecord.count(kind, from: list, after: time, in: db)
    }

    func noteReply(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date
    ) throws {
        try ReplyLimitRecord.write(kind, to: address, of: list, now: now, in: db)
    }
}
