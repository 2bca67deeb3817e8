extension Schema {
    /// What owners' rules need.
    static let rules = """
        UPDATE setting SET name = 'inline_pgp_action', value = 'defer'
            WHERE name = 'accept_inline' AND value = 'true';
        DELETE FROM setting WHERE name = 'accept_inline';

        -- One a day and person: why copies came back, and nothing of them.
        DROP TABLE bounce;
        CREATE TABLE bounce (
            subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
            day INTEGER NOT NULL,
            received INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('hard', 'soft')),
            status TEXT,
            detail TEXT NOT NULL CHECK (length(detail) <= 200),
            PRIMARY KEY (subscriber, day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bounce_by_time ON bounce (received);

        -- Since when bounces have stopped the copies, and who has been told of that.
        ALTER TABLE subscriber ADD COLUMN bounced INTEGER
            CHECK (bounced IS NULL OR delivery = 'suspended');
        ALTER TABLE subscriber ADD COLUMN owners_told INTEGER;
        ALTER TABLE subscriber ADD COLUMN person_told INTEGER;
        CREATE INDEX bounced ON subscriber (list, bounced)
            WHERE bounced IS NOT NULL AND (owners_told IS NULL OR person_told IS NULL);

        -- Which of a list's keys is in force, and the one before it until that ends.
        ALTER TABLE list ADD COLUMN key_number INTEGER NOT NULL DEFAULT 0
            CHECK (key_number >= 0);
        ALTER TABLE list ADD COLUMN previous_fingerprint TEXT
            CHECK (length(previous_fingerprint) = 40);
        ALTER TABLE list ADD COLUMN previous_opens INTEGER NOT NULL DEFAULT 0
            CHECK (previous_opens IN (0, 1));
        ALTER TABLE list ADD COLUMN previous_ends INTEGER
            CHECK ((previous_ends IS NULL) = (previous_fingerprint IS NULL));
        CREATE INDEX list_by_previous ON list (previous_fingerprint)
            WHERE previous_fingerprint IS NOT NULL;

        -- How many posts of a person were taken on a day.
        CREATE TABLE posted (
            subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
            day INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (subscriber, day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX posted_by_day ON posted (day);

        -- Keys of people who are not on a list, as its owners know them.
        CREATE TABLE outsider (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            bound INTEGER NOT NULL,
            certificate TEXT NOT NULL,
            PRIMARY KEY (list, address_key)
        ) STRICT, WITHOUT ROWID;

        -- What was to go on to somebody outside and did not, until owners are told.
        CREATE TABLE unsent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX unsent_by_list ON unsent (list, id);

        -- What was distributed, as it was sealed.
        CREATE TABLE archive (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            message_id TEXT NOT NULL,
            sealed INTEGER NOT NULL,
            loops TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK (length(bytes) > 0)
        ) STRICT;
        CREATE INDEX archive_by_list ON archive (list, id);
        CREATE INDEX archive_by_time ON archive (list, sealed);

        -- The same table with two more kinds.
        DROP TRIGGER post_paid;
        CREATE TABLE new_post (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN (
                'post', 'owner-mail', 'summons', 'answer', 'clear-answer', 'resent',
                'clear-resent'
            )),
            message_id TEXT NOT NULL,
            sealed INTEGER NOT NULL,
            loops TEXT NOT NULL,
            recipient TEXT CHECK (
                (recipient IS NOT NULL)
                    = (kind IN ('answer', 'clear-answer', 'resent', 'clear-resent'))
            ),
            certificate TEXT CHECK (
                (certificate IS NOT NULL) = (kind IN ('answer', 'resent'))
            ),
            answering TEXT,
            bytes BLOB NOT NULL CHECK ((kind = 'summons') = (length(bytes) = 0)),
            UNIQUE (list, id)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_post', seq FROM sqlite_sequence WHERE name = 'post';
        INSERT INTO new_post (id, list, identifier, kind, message_id, sealed, loops, recipient,
                certificate, answering, bytes)
            SELECT id, list, identifier, kind, message_id, sealed, loops, recipient,
                certificate, answering, bytes FROM post;
        DROP TABLE post;
        ALTER TABLE new_post RENAME TO post;
        CREATE INDEX post_by_list ON post (list, id);
        CREATE TRIGGER post_paid AFTER DELETE ON delivery
        WHEN NOT EXISTS (SELECT 1 FROM delivery WHERE post = OLD.post)
        BEGIN
            DELETE FROM post WHERE id = OLD.post;
        END;
        """
}
