import GRDB

/// All migrations, in order.
///
/// One that has been released is never edited.
///
/// The tables hold the invariants: what must never be true cannot be written,
/// by whichever process. Times are seconds since 1970; fingerprints are
/// upper-case hexadecimal; a number once given is never given again, because it
/// names a GnuPG home, or stands in the cursor of a distributor.
enum Schema {
    /// Brings the tables up to date; safe in several processes at once.
    ///
    /// Throws ``SQLiteStoreError/newerSchema`` if a later version was here.
    static func migrate(_ pool: DatabasePool) throws {
        var applied = try pool.read(migrator.appliedIdentifiers)
        while true {
            if try pool.read(migrator.hasBeenSuperseded) { throw SQLiteStoreError.newerSchema }
            do {
                return try migrator.migrate(pool)
            } catch {
                // Each migration is a transaction, but which of them are missing
                // is asked before it begins: another process can be faster.
                let now = try pool.read(migrator.appliedIdentifiers)
                guard now.count > applied.count else { throw error }
                applied = now
            }
        }
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: lists, and what is taken and owed") { db in
            for tables in [lists, taking, paying, watching] { try db.execute(sql: tables) }
        }
        migrator.registerMigration("2: inline mail, and signatures that are seen in two lists") {
            db in
            try db.execute(sql: gate)
        }
        migrator.registerMigration("3: workflows, and answers to people") { db in
            try db.execute(sql: workflows)
        }
        migrator.registerMigration("4: settings by name, and steps that a program decides") { db in
            try db.execute(sql: settings)
        }
        migrator.registerMigration("5: bounces by day, and what owners' rules need") { db in
            try db.execute(sql: rules)
        }
        migrator.registerMigration("6: posts as their authors have signed them") { db in
            try db.execute(sql: originals)
        }
        migrator.registerMigration("7: lists with more than one address") { db in
            try db.execute(sql: addresses)
        }
        migrator.registerMigration("8: reports to owners, one a day") { db in
            try db.execute(sql: reports)
        }
        migrator.registerMigration("9: posts that leave in clear, or without a signature") { db in
            try db.execute(sql: outgoing)
        }
        migrator.registerMigration("10: reports of what was dropped") { db in
            try db.execute(sql: drops)
        }
        migrator.registerMigration("11: roles by value, and the sum of what is owed") { db in
            try db.execute(sql: totals)
        }
        migrator.registerMigration("answers that nobody proved to want, by kind") { db in
            try db.execute(sql: replies)
        }
        migrator.registerMigration("copies that were refused, or may have been sent") { db in
            try db.execute(sql: missedCopies)
        }
        return migrator
    }

    private static let gate = """
        ALTER TABLE list ADD COLUMN accepts_inline INTEGER NOT NULL DEFAULT 0
            CHECK (accepts_inline IN (0, 1));
        ALTER TABLE list ADD COLUMN unbound_post_action TEXT NOT NULL DEFAULT 'accept'
            CHECK (unbound_post_action IN ('accept', 'refuse'));

        -- The same signed content in whatever list: to be told of it, not to refuse.
        CREATE TABLE sighting (
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            expires INTEGER NOT NULL,
            PRIMARY KEY (digest, list)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sighting_by_list ON sighting (list);
        CREATE INDEX sighting_by_time ON sighting (expires);
        """

    private static let lists = """
        CREATE TABLE list_number (
            id INTEGER PRIMARY KEY AUTOINCREMENT
        ) STRICT;

        CREATE TABLE list (
            id INTEGER PRIMARY KEY REFERENCES list_number,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL UNIQUE,
            list_id TEXT NOT NULL UNIQUE,
            fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 40),
            created INTEGER NOT NULL,
            display_name TEXT NOT NULL,
            maximum_message_size INTEGER NOT NULL CHECK (maximum_message_size > 0),
            signature_maximum_age INTEGER NOT NULL CHECK (signature_maximum_age > 0),
            delivers_own_posts INTEGER NOT NULL CHECK (delivers_own_posts IN (0, 1))
        ) STRICT;

        CREATE TABLE dedicated_domain (
            domain TEXT PRIMARY KEY NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE subscriber (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            roles INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 3),
            delivery TEXT NOT NULL CHECK (delivery IN ('active', 'suspended')),
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 20),
            created INTEGER NOT NULL,
            unusable_since INTEGER,
            unusable_notified INTEGER CHECK (
                unusable_notified IS NULL OR unusable_since IS NOT NULL
            ),
            failed INTEGER,
            failure TEXT CHECK ((failure IS NULL) = (failed IS NULL)),
            UNIQUE (list, address_key),
            UNIQUE (list, id)
        ) STRICT;
        CREATE INDEX owner ON subscriber (list, id) WHERE roles & 2;
        CREATE INDEX unnotified ON subscriber (list, id)
            WHERE unusable_since IS NOT NULL AND unusable_notified IS NULL;

        -- The small columns first: a row's octets are read only when asked for.
        CREATE TABLE certificate (
            subscriber INTEGER PRIMARY KEY REFERENCES subscriber ON DELETE CASCADE,
            fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 40),
            encryption_subkey TEXT CHECK (length(encryption_subkey) = 40),
            encryption_expires INTEGER,
            fingerprints TEXT NOT NULL,
            user_ids TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK (length(bytes) > 0)
        ) STRICT;

        -- Any key of a certificate, primary or not, is one person's in a list.
        CREATE TABLE certificate_key (
            list INTEGER NOT NULL,
            fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 40),
            subscriber INTEGER NOT NULL REFERENCES certificate ON DELETE CASCADE,
            PRIMARY KEY (list, fingerprint),
            FOREIGN KEY (list, subscriber) REFERENCES subscriber (list, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX certificate_key_by_subscriber ON certificate_key (subscriber);
        """

    private static let taking = """
        CREATE TABLE receipt (
            digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
            taken INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX receipt_by_time ON receipt (taken);

        CREATE TABLE claim (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            expires INTEGER NOT NULL,
            PRIMARY KEY (digest, list)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX claim_by_list ON claim (list);
        CREATE INDEX claim_by_time ON claim (expires);

        CREATE TABLE bounce (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
            received INTEGER NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX bounce_by_subscriber ON bounce (subscriber, id);
        CREATE INDEX bounce_by_time ON bounce (received);
        """

    private static let paying = """
        CREATE TABLE post (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('post', 'owner-mail', 'summons')),
            message_id TEXT NOT NULL,
            sealed INTEGER NOT NULL,
            loops TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK ((kind = 'summons') = (length(bytes) = 0)),
            UNIQUE (list, id)
        ) STRICT;

        -- The list stands in it so that the keys can say: no copy is owed of a
        -- post of a list that the subscriber is not on.
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL,
            post INTEGER NOT NULL,
            subscriber INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            reason TEXT,
            UNIQUE (post, subscriber),
            FOREIGN KEY (list, post) REFERENCES post (list, id) ON DELETE CASCADE,
            FOREIGN KEY (list, subscriber) REFERENCES subscriber (list, id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX delivery_by_list ON delivery (list, id);
        CREATE INDEX delivery_by_subscriber ON delivery (subscriber);
        CREATE INDEX delivery_by_time ON delivery (next_attempt);

        -- A post goes with the last copy of it, whatever took that one away.
        CREATE TRIGGER post_paid AFTER DELETE ON delivery
        WHEN NOT EXISTS (SELECT 1 FROM delivery WHERE post = OLD.post)
        BEGIN
            DELETE FROM post WHERE id = OLD.post;
        END;
        """

    private static let watching = """
        CREATE TABLE counter (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (list, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE alarm (
            name TEXT PRIMARY KEY NOT NULL,
            detail TEXT NOT NULL,
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- One row: the latest time that a commit was told.
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            latest INTEGER NOT NULL
        ) STRICT;
        """
}
