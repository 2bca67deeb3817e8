extension Schema {
    /// How posts leave, as owners want it.
    static let outgoing = """
        -- The same table with one more kind, and a code without another's name.
        DROP TRIGGER post_paid;
        CREATE TABLE new_post (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN (
                'post', 'clear-post', 'owner-mail', 'summons', 'answer', 'clear-answer',
                'resent', 'clear-resent'
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
            author TEXT CHECK (author IS NULL OR kind IN ('post', 'clear-post')),
            -- What leaves in clear is signed by the list.
            mac BLOB CHECK (mac IS NULL OR (kind = 'post' AND length(mac) = 32)),
            UNIQUE (list, id)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_post', seq FROM sqlite_sequence WHERE name = 'post';
        INSERT INTO new_post (id, list, identifier, kind, message_id, sealed, loops, recipient,
                certificate, answering, bytes, author, mac)
            SELECT id, list, identifier, kind, message_id, sealed, loops, recipient,
                certificate, answering, bytes, author, mac FROM post;
        DROP TABLE post;
        ALTER TABLE new_post RENAME TO post;
        CREATE INDEX post_by_list ON post (list, id);
        CREATE TRIGGER post_paid AFTER DELETE ON delivery
        WHEN NOT EXISTS (SELECT 1 FROM delivery WHERE post = OLD.post)
        BEGIN
            DELETE FROM post WHERE id = OLD.post;
        END;

        CREATE TABLE new_archive (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            identifier TEXT NOT NULL UNIQUE,
            message_id TEXT NOT NULL,
            sealed INTEGER NOT NULL,
            loops TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK (length(bytes) > 0),
            author TEXT,
            mac BLOB CHECK (mac IS NULL OR length(mac) = 32)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq)
            SELECT 'new_archive', seq FROM sqlite_sequence WHERE name = 'archive';
        INSERT INTO new_archive (id, list, identifier, message_id, sealed, loops, bytes, author,
                mac)
            SELECT id, list, identifier, message_id, sealed, loops, bytes, author, mac
            FROM archive;
        DROP TABLE archive;
        ALTER TABLE new_archive RENAME TO archive;
        CREATE INDEX archive_by_list ON archive (list, id);
        CREATE INDEX archive_by_time ON archive (list, sealed);
        """
}
