import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `workflow`.
struct WorkflowRecord: FetchableRecord {
    let workflow: Workflow

    static let selection = """
        SELECT id, list, kind, address, steps, position, certificate, signer, token, statement,
            failures, version, created, expires
        FROM workflow
        """

    init(row: Row) throws {
        let id: Int64 = row["id"]
        guard let address = EmailAddress(row["address"]),
            let kind = Workflow.Kind(rawValue: row["kind"]),
            let steps = StepName.list(row["steps"] as String)
        else { throw SQLiteStoreError.damaged(table: "workflow", row: id) }
        let token: Data? = row["token"]
        let statement: Data? = row["statement"]
        var workflow = Workflow(
            id: id,
            list: row["list"],
            kind: kind,
            address: address,
            steps: steps,
            created: Date(timestamp: row["created"]),
            expires: Date(timestamp: row["expires"])
        )
        workflow.position = row["position"]
        workflow.certificate = try CertificateColumn.certificate(row["certificate"])
        workflow.signer = (row["signer"] as String?).flatMap { Fingerprint(hex: $0) }
        workflow.challenge = token.map {
            Workflow.Challenge(token: Array($0), statement: statement.map(Array.init))
        }
        workflow.failures = row["failures"]
        workflow.version = row["version"]
        self.workflow = workflow
    }

    static func all(
        _ db: Database,
        where condition: String,
        _ arguments: StatementArguments
    ) throws -> [Workflow] {
        let statement = try db.cachedStatement(sql: selection + " WHERE " + condition)
        return try fetchAll(statement, arguments: arguments).map(\.workflow)
    }

    /// Writes a new row; false if one of this kind is there for the address.
    static func insert(_ workflow: Workflow, in db: Database) throws -> Bool {
        try db.run(
            """
            INSERT INTO workflow (list, kind, address, address_key, steps, position, certificate,
                signer, token, statement, failures, created, expires)
            VALUES (:list, :kind, :address, :key, :steps, :position, :certificate, :signer,
                :token, :statement, :failures, :created, :expires)
            ON CONFLICT (list, address_key, kind) DO NOTHING
            """,
            [
                "list": workflow.list, "kind": workflow.kind.rawValue,
                "address": workflow.address.description, "key": workflow.address.key,
                "steps": StepName.text(workflow.steps), "created": workflow.created.timestamp,
                "signer": workflow.signer?.description,
            ] + state(of: workflow)
        )
        return db.changesCount == 1
    }

    /// Writes what has changed; false if somebody else was faster.
    static func update(_ workflow: Workflow, in db: Database) throws -> Bool {
        try db.run(
            """
            UPDATE workflow SET position = :position, certificate = :certificate, token = :token,
                statement = :statement, failures = :failures, expires = :expires,
                version = version + 1
            WHERE id = :id AND version = :version
            """,
            ["id": workflow.id, "version": workflow.version] + state(of: workflow)
        )
        return db.changesCount == 1
    }

    /// Deletes the row; false if somebody else was faster.
    static func delete(_ workflow: Workflow, in db: Database) throws -> Bool {
        try db.run(
            "DELETE FROM workflow WHERE id = ? AND version = ?",
            [workflow.id, workflow.version]
        )
        return db.changesCount == 1
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run("DELETE FROM workflow WHERE expires <= ?", [now.timestamp])
    }

    private static func state(of workflow: Workflow) throws -> StatementArguments {
        [
            "position": workflow.position,
            "certificate": try CertificateColumn.text(workflow.certificate),
            "token": workflow.challenge.map { Data($0.token) },
            "statement": workflow.challenge?.statement.map { Data($0) },
            "failures": workflow.failures, "expires": workflow.expires.timestamp,
        ]
    }
}
