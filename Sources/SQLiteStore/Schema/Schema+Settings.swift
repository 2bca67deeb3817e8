extension Schema {
    /// Settings by name, two more roles, and steps that a program decides.
    ///
    /// A list has a row for each setting that is not the default: another setting
    /// is another row, not another column.
    static let settings = """
        CREATE TABLE setting (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (list, name)
        ) STRICT, WITHOUT ROWID;

        -- What the table of settings would not take is cut, or left out.
        INSERT INTO setting SELECT id, 'display_name', substr(display_name, 1, 60) FROM list
            WHERE display_name <> '' AND display_name NOT GLOB
                '*[' || char(1) || '-' || char(31) || char(127) || ']*';
        INSERT INTO setting SELECT id, 'max_message_size', maximum_message_size FROM list
            WHERE maximum_message_size <> 10485760;
        INSERT INTO setting SELECT id, 'signature_max_age', signature_maximum_age FROM list
            WHERE signature_maximum_age <> 1209600;
        INSERT INTO setting SELECT id, 'deliver_own_posts', 'false' FROM list
            WHERE NOT delivers_own_posts;
        INSERT INTO setting SELECT id, 'accept_inline', 'true' FROM list
            WHERE accepts_inline;
        INSERT INTO setting SELECT id, 'unbound_post_action', unbound_post_action FROM list
            WHERE unbound_post_action <> 'accept';
        INSERT INTO setting SELECT id, 'subscription_policy', subscription_policy FROM list
            WHERE subscription_policy <> 'moderate';
        INSERT INTO setting SELECT id, 'key_change_workflow', key_change_workflow FROM list
            WHERE key_change_workflow <> 'key-confirm';
        INSERT INTO setting SELECT id, 'token_lifetime', token_lifetime FROM list
            WHERE token_lifetime <> 172800;
        INSERT INTO setting SELECT id, 'show_subscribers', 'true' FROM list
            WHERE shows_subscribers;
        INSERT INTO setting SELECT id, 'language', language FROM list
            WHERE language <> 'en';

        ALTER TABLE list DROP COLUMN display_name;
        ALTER TABLE list DROP COLUMN maximum_message_size;
        ALTER TABLE list DROP COLUMN signature_maximum_age;
        ALTER TABLE list DROP COLUMN delivers_own_posts;
        ALTER TABLE list DROP COLUMN accepts_inline;
        ALTER TABLE list DROP COLUMN unbound_post_action;
        ALTER TABLE list DROP COLUMN subscription_policy;
        ALTER TABLE list DROP COLUMN key_change_workflow;
        ALTER TABLE list DROP COLUMN token_lifetime;
        ALTER TABLE list DROP COLUMN shows_subscribers;
        ALTER TABLE list DROP COLUMN language;

        -- Signatures over the names of the list's key, published with it.
        CREATE TABLE certification (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            certifier TEXT NOT NULL CHECK (length(certifier) = 40),
            user_id BLOB NOT NULL,
            made INTEGER NOT NULL,
            packet BLOB NOT NULL CHECK (length(packet) <= 4096),
            PRIMARY KEY (list, certifier, user_id)
        ) STRICT, WITHOUT ROWID;

        -- That its end is near has been said; another certificate is another row.
        ALTER TABLE certificate ADD COLUMN warned INTEGER;
        CREATE INDEX certificate_by_end ON certificate (encryption_expires)
            WHERE warned IS NULL AND encryption_expires IS NOT NULL;

        -- What waits for a moderator: as it came, encrypted to the list's key.
        CREATE TABLE held (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            reasons TEXT NOT NULL,
            detail TEXT NOT NULL,
            author TEXT,
            size INTEGER NOT NULL CHECK (size > 0),
            received INTEGER NOT NULL,
            token BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
            mac BLOB NOT NULL CHECK (length(mac) = 32),
            warned INTEGER,
            bytes BLOB NOT NULL CHECK (length(bytes) > 0)
        ) STRICT;
        CREATE INDEX held_by_list ON held (list, id);
        CREATE INDEX held_by_size ON held (list, size);
        CREATE INDEX held_by_time ON held (received);
        CREATE INDEX held_unwarned ON held (list, received) WHERE warned IS NULL;

        -- What waits for a program has no token.
        CREATE INDEX workflow_by_program ON workflow (id) WHERE token IS NULL;

        -- Only what its owner has proven is one person's.
        DELETE FROM certificate_key WHERE NOT EXISTS (
            SELECT 1 FROM certificate AS c
            WHERE c.subscriber = certificate_key.subscriber
                AND certificate_key.fingerprint IN (c.fingerprint, c.encryption_subkey)
        );

        CREATE TABLE new_subscriber (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            roles INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 15),
            delivery TEXT NOT NULL CHECK (delivery IN ('active', 'suspended')),
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 20),
            created INTEGER NOT NULL,
            unusable_since INTEGER,
            unusable_notified INTEGER CHECK (
                unusable_notified IS NULL OR unusable_since IS NOT NULL
            ),
            failed INTEGER,
            failure TEXT CHECK ((failure IS NULL) = (failed IS NULL)),
            moderated INTEGER NOT NULL DEFAULT 0 CHECK (moderated IN (0, 1)),
            UNIQUE (list, address_key),
            UNIQUE (list, id)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_subscriber', seq FROM sqlite_sequence WHERE name = 'subscriber';
        INSERT INTO new_subscriber (id, list, address, address_key, roles, delivery, token,
                created, unusable_since, unusable_notified, failed, failure)
            SELECT id, list, address, address_key, roles, delivery, token,
                created, unusable_since, unusable_notified, failed, failure FROM subscriber;
        DROP TABLE subscriber;
        ALTER TABLE new_subscriber RENAME TO subscriber;
        CREATE INDEX owner ON subscriber (list, id) WHERE roles & 2;
        CREATE INDEX decider ON subscriber (list, id) WHERE roles & 6;
        CREATE INDEX unnotified ON subscriber (list, id)
            WHERE unusable_since IS NOT NULL AND unusable_notified IS NULL;
        """
}
