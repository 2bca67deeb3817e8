extension Schema {
    /// Refusals for content or size, copies that wait for a decision, and what owners must be
    /// told about both.
    static let missedCopies = """
        -- The same table with one more kind.
        CREATE TABLE new_bounce (
            subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
            day INTEGER NOT NULL,
            received INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('hard', 'soft', 'content')),
            status TEXT,
            detail TEXT NOT NULL CHECK (length(detail) <= 200),
            PRIMARY KEY (subscriber, day)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_bounce (subscriber, day, received, kind, status, detail)
            SELECT subscriber, day, received, kind, status, detail FROM bounce;
        DROP TABLE bounce;
        ALTER TABLE new_bounce RENAME TO bounce;
        CREATE INDEX bounce_by_time ON bounce (received);

        CREATE TABLE new_report (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN (
                'unusable-keys', 'key-expiry', 'bounces', 'dropped', 'missed-copies'
            )),
            told INTEGER NOT NULL,
            count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
            PRIMARY KEY (list, kind)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_report (list, kind, told, count)
            SELECT list, kind, told, count FROM report;
        DROP TABLE report;
        ALTER TABLE new_report RENAME TO report;

        -- Copies that did not reach a subscriber, until the owners are told.
        CREATE TABLE missed (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address TEXT NOT NULL,
            message_id TEXT,
            noted INTEGER NOT NULL,
            reason TEXT NOT NULL,
            -- The copy, if it waits for a decision; NULL if it is given up.
            delivery INTEGER REFERENCES delivery ON DELETE SET NULL
        ) STRICT;
        CREATE INDEX missed_by_list ON missed (list, id);
        CREATE INDEX missed_by_time ON missed (noted);
        CREATE INDEX missed_by_delivery ON missed (delivery);

        -- How often a copy was sent and no reply said whether Postfix has it; and why a copy
        -- waits for the administrator, who alone can make it due again.
        ALTER TABLE delivery ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0
            CHECK (unknown >= 0);
        ALTER TABLE delivery ADD COLUMN waits TEXT CHECK (waits IN ('refused', 'unknown'));
        DROP INDEX delivery_by_time;
        CREATE INDEX delivery_by_time ON delivery (next_attempt) WHERE waits IS NULL;
        CREATE INDEX delivery_by_wait ON delivery (waits) WHERE waits IS NOT NULL;
        """
}
