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
