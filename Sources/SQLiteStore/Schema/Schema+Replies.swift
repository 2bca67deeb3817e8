extension Schema {
    /// Answers that nobody proved to want, counted by their kind.
    ///
    /// What was counted before says no kind, and is forgotten: it would have been in a day.
    static let replies = """
        DROP TABLE courtesy;
        CREATE TABLE limited_reply (
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
            address_key TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (length(kind) > 0),
            written INTEGER NOT NULL,
            PRIMARY KEY (list, address_key, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX limited_reply_by_kind ON limited_reply (list, kind, written);
        CREATE INDEX limited_reply_by_time ON limited_reply (written);
        """
}
