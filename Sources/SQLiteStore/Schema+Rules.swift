extension Schema {
    /// What owners' rules need.
    static let rules = """
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

        -- Since when bounces have stopped her copies, and who has been told of that.
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
        CREATE INDEX post_by_list ON post (list, id);

        -- How many posts of a person were taken on a day.
        CREATE TABLE posted (
            subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
            day INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (subscriber, day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX posted_by_day ON posted (day);
        """
}
