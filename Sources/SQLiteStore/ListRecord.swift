import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `list`.
struct ListRecord: FetchableRecord {
    let list: MailingList

    static let selection = """
        SELECT id, address, fingerprint, created, display_name, maximum_message_size,
            signature_maximum_age, delivers_own_posts, accepts_inline, unbound_post_action,
            subscription_policy, key_change_workflow, token_lifetime, shows_subscribers, language
        FROM list
        """

    init(row: Row) throws {
        let id: Int64 = row["id"]
        guard let address = EmailAddress(row["address"]),
            let fingerprint = Fingerprint(hex: row["fingerprint"]),
            let unbound = ListSettings.UnboundPostAction(rawValue: row["unbound_post_action"]),
            let policy = SubscriptionPolicy(row["subscription_policy"] as String),
            let keyChange = StepName.list(row["key_change_workflow"] as String),
            let language = TextLanguage(rawValue: row["language"])
        else { throw SQLiteStoreError.damaged(table: "list", row: id) }
        var settings = ListSettings()
        settings.displayName = row["display_name"]
        settings.maximumMessageSize = row["maximum_message_size"]
        settings.signatureMaximumAge = row["signature_maximum_age"]
        settings.deliversOwnPosts = row["delivers_own_posts"]
        settings.acceptsInline = row["accepts_inline"]
        settings.unboundPostAction = unbound
        settings.subscriptionPolicy = policy
        settings.keyChangeWorkflow = keyChange
        settings.tokenLifetime = row["token_lifetime"]
        settings.showsSubscribers = row["shows_subscribers"]
        settings.language = language
        list = MailingList(
            id: id,
            address: address,
            fingerprint: fingerprint,
            created: Date(timestamp: row["created"]),
            settings: settings
        )
    }

    static func find(_ id: MailingList.ID, in db: Database) throws -> MailingList? {
        try fetchOne(db, sql: selection + " WHERE id = ?", arguments: [id])?.list
    }

    static func find(_ address: EmailAddress, in db: Database) throws -> MailingList? {
        try fetchOne(db, sql: selection + " WHERE address_key = ?", arguments: [address.key])?
            .list
    }

    /// Whether a list has this address, or another one of the same List-Id:
    /// `a.b@c.example` and `a@b.c.example` have, and would share receipts.
    static func isTaken(_ address: EmailAddress, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM list WHERE address_key = ? OR list_id = ?)",
            arguments: [address.key, MailingList.listID(of: address)]
        ) ?? false
    }

    /// Writes a new row; throws ``ListStoreError/addressTaken`` as
    /// ``isTaken(_:in:)`` says.
    static func insert(_ list: MailingList, in db: Database) throws {
        try db.run(
            """
            INSERT INTO list (id, address, address_key, list_id, fingerprint, created,
                display_name, maximum_message_size, signature_maximum_age, delivers_own_posts,
                accepts_inline, unbound_post_action, subscription_policy, key_change_workflow,
                token_lifetime, shows_subscribers, language)
            VALUES (:id, :address, :key, :listID, :fingerprint, :created, :name, :size, :age,
                :own, :inline, :unbound, :policy, :keyChange, :lifetime, :shown, :language)
            ON CONFLICT (address_key) DO NOTHING ON CONFLICT (list_id) DO NOTHING
            """,
            [
                "id": list.id, "address": list.address.description, "key": list.address.key,
                "listID": list.listID, "fingerprint": list.fingerprint.description,
                "created": list.created.timestamp,
            ] + arguments(list.settings)
        )
        guard db.changesCount == 1 else { throw ListStoreError.addressTaken }
    }

    /// Replaces the columns of the settings.
    static func update(
        _ settings: ListSettings,
        of list: MailingList.ID,
        in db: Database
    ) throws {
        try db.change(
            """
            UPDATE list SET display_name = :name, maximum_message_size = :size,
                signature_maximum_age = :age, delivers_own_posts = :own,
                accepts_inline = :inline, unbound_post_action = :unbound,
                subscription_policy = :policy, key_change_workflow = :keyChange,
                token_lifetime = :lifetime, shows_subscribers = :shown, language = :language
            WHERE id = :id
            """,
            ["id": list] + arguments(settings)
        )
    }

    private static func arguments(_ settings: ListSettings) -> StatementArguments {
        [
            "name": settings.displayName, "size": settings.maximumMessageSize,
            "age": settings.signatureMaximumAge, "own": settings.deliversOwnPosts,
            "inline": settings.acceptsInline, "unbound": settings.unboundPostAction.rawValue,
            "policy": settings.subscriptionPolicy.description,
            "keyChange": StepName.text(settings.keyChangeWorkflow),
            "lifetime": settings.tokenLifetime, "shown": settings.showsSubscribers,
            "language": settings.language.rawValue,
        ]
    }
}
