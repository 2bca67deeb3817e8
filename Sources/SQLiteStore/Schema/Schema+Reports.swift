extension Schema {
    /// When owners were told of something last.
    static let reports = """
        CREATE TABLE report (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('unusable-keys', 'key-expiry', 'bounces')),
            told INTEGER NOT NULL,
            PRIMARY KEY (list, kind)
        ) STRICT, WITHOUT ROWID;
        """
}

extension Schema {
    /// One more kind, which says how many of what is counted owners know.
    static let drops = """
        CREATE TABLE new_report (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            kind TEXT NOT NULL
                CHECK (kind IN ('unusable-keys', 'key-expiry', 'bounces', 'dropped')),
            told INTEGER NOT NULL,
            count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
            PRIMARY KEY (list, kind)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_report (list, kind, told) SELECT list, kind, told FROM report;
        DROP TABLE report;
        ALTER TABLE new_report RENAME TO report;
        -- What owners could have heard of before is no news.
        INSERT INTO report (list, kind, told, count)
            SELECT list, 'dropped', 0, count FROM counter WHERE name = 'dropped-at-gate';
        """
}
