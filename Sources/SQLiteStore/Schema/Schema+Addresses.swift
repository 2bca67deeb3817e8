extension Schema {
    /// Lists with more than one address.
    static let addresses = """
        CREATE TABLE alias (
            address_key TEXT PRIMARY KEY NOT NULL,
            address TEXT NOT NULL,
            list INTEGER NOT NULL REFERENCES list ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX alias_by_list ON alias (list);

        -- An address is one list's, whether the first one of it or another.
        CREATE TRIGGER alias_is_free BEFORE INSERT ON alias
        WHEN EXISTS (SELECT 1 FROM list WHERE address_key = NEW.address_key)
        BEGIN
            SELECT raise(ABORT, 'the address is a list''s');
        END;
        CREATE TRIGGER address_is_free BEFORE INSERT ON list
        WHEN EXISTS (SELECT 1 FROM alias WHERE address_key = NEW.address_key)
        BEGIN
            SELECT raise(ABORT, 'the address is a list''s');
        END;
        CREATE TRIGGER new_address_is_free BEFORE UPDATE OF address_key ON list
        WHEN EXISTS (SELECT 1 FROM alias WHERE address_key = NEW.address_key)
        BEGIN
            SELECT raise(ABORT, 'the address is a list''s');
        END;
        """
}
