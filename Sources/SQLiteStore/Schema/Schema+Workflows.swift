extension Schema {
    /// Workflows; and mail to people who are not on the list, for which `post` and
    /// `delivery` are made anew: a constraint cannot be changed where it stands.
    ///
    /// Their numbers go on where they were: none is ever given twice.
    static let workflows = """
        ALTER TABLE list ADD COLUMN subscription_policy TEXT NOT NULL DEFAULT 'moderate';
        ALTER TABLE list ADD COLUMN key_change_workflow TEXT NOT NULL DEFAULT 'key-confirm';
        ALTER TABLE list ADD COLUMN token_lifetime INTEGER NOT NULL DEFAULT 172800
            CHECK (token_lifetime BETWEEN 86400 AND 259200);
        ALTER TABLE list ADD COLUMN shows_subscribers INTEGER NOT NULL DEFAULT 0
            CHECK (shows_subscribers IN (0, 1));
        ALTER TABLE list ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

        -- A list's key is never a person's.
        CREATE INDEX list_by_fingerprint ON list (fingerprint);

        -- What waits for somebody: digests of its token and its statement alone.
        CREATE TABLE workflow (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN (
                'subscription', 'key-change', 'key-update', 'key-reset', 'unsubscription'
            )),
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            steps TEXT NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            certificate TEXT,
            signer TEXT CHECK (length(signer) = 40),
            token BLOB UNIQUE CHECK (length(token) = 32),
            statement BLOB CHECK (length(statement) = 32),
            failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND 4),
            version INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            UNIQUE (list, address_key, kind),
            CHECK (statement IS NULL OR token IS NOT NULL)
        ) STRICT;
        CREATE INDEX workflow_by_list ON workflow (list, id);
        CREATE INDEX workflow_by_time ON workflow (expires);

        -- Who got a mail that no token asked for, and when last.
        CREATE TABLE courtesy (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address_key TEXT NOT NULL,
            written INTEGER NOT NULL,
            PRIMARY KEY (list, address_key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX courtesy_by_list ON courtesy (list, written);
        CREATE INDEX courtesy_by_time ON courtesy (written);

        DROP TRIGGER post_paid;

        CREATE TABLE new_post (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN (
                'post', 'owner-mail', 'summons', 'answer', 'clear-answer'
            )),
            message_id TEXT NOT NULL,
            sealed INTEGER NOT NULL,
            loops TEXT NOT NULL,
            recipient TEXT CHECK (
                (recipient IS NOT NULL) = (kind IN ('answer', 'clear-answer'))
            ),
            certificate TEXT CHECK ((certificate IS NOT NULL) = (kind = 'answer')),
            answering TEXT,
            bytes BLOB NOT NULL CHECK ((kind = 'summons') = (length(bytes) = 0)),
            UNIQUE (list, id)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_post', seq FROM sqlite_sequence WHERE name = 'post';
        INSERT INTO new_post (id, list, identifier, kind, message_id, sealed, loops, bytes)
            SELECT id, list, identifier, kind, message_id, sealed, loops, bytes FROM post;

        CREATE TABLE new_delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL,
            post INTEGER NOT NULL,
            -- Of nobody on the list: then it goes to the recipient of its post.
            subscriber INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            reason TEXT,
            UNIQUE (post, subscriber),
            FOREIGN KEY (list, post) REFERENCES post (list, id) ON DELETE CASCADE,
            FOREIGN KEY (list, subscriber) REFERENCES subscriber (list, id) ON DELETE CASCADE
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_delivery', seq FROM sqlite_sequence WHERE name = 'delivery';
        INSERT INTO new_delivery (id, list, post, subscriber, attempts, next_attempt, reason)
            SELECT id, list, post, subscriber, attempts, next_attempt, reason FROM delivery;

        DROP TABLE delivery;
        DROP TABLE post;
        ALTER TABLE new_post RENAME TO post;
        ALTER TABLE new_delivery RENAME TO delivery;
        CREATE INDEX delivery_by_list ON delivery (list, id);
        CREATE INDEX delivery_by_subscriber ON delivery (subscriber);
        CREATE INDEX delivery_by_time ON delivery (next_attempt);
        CREATE TRIGGER post_paid AFTER DELETE ON delivery
        WHEN NOT EXISTS (SELECT 1 FROM delivery WHERE post = OLD.post)
        BEGIN
            DELETE FROM post WHERE id = OLD.post;
        END;
        """
}
