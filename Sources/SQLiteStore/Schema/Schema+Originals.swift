extension Schema {
    /// Posts that their authors have signed, and not the list.
    static let originals = """
        -- Who stands in From of the copies, where it is not the list.
        ALTER TABLE post ADD COLUMN author TEXT CHECK (author IS NULL OR kind = 'post');
        ALTER TABLE archive ADD COLUMN author TEXT;
        -- Where the list's signature is missing: what only this host can have made of it.
        ALTER TABLE post ADD COLUMN mac BLOB
            CHECK (mac IS NULL OR (author IS NOT NULL AND length(mac) = 32));
        ALTER TABLE archive ADD COLUMN mac BLOB
            CHECK (mac IS NULL OR (author IS NOT NULL AND length(mac) = 32));
        """
}
