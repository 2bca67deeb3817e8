extension Schema {
    /// What would else be computed from many rows each time that it is asked for.
    static let totals = """
        -- Who has which roles stands in the query, not in the index.
        DROP INDEX owner;
        DROP INDEX decider;
        CREATE INDEX subscriber_by_roles ON subscriber (list, roles);

        -- The octets of its post stand in each delivery, so that their sum stays right
        -- whatever deletes a delivery, a post, a person or a list.
        ALTER TABLE delivery ADD COLUMN octets INTEGER NOT NULL DEFAULT 0;
        UPDATE delivery SET octets = (SELECT length(bytes) FROM post WHERE id = delivery.post);
        CREATE TABLE owed (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            octets INTEGER NOT NULL
        ) STRICT;
        INSERT INTO owed (id, octets) SELECT 1, coalesce(sum(octets), 0) FROM delivery;
        CREATE TRIGGER delivery_is_owed AFTER INSERT ON delivery
        BEGIN
            UPDATE owed SET octets = octets + NEW.octets WHERE id = 1;
        END;
        CREATE TRIGGER delivery_is_over AFTER DELETE ON delivery
        BEGIN
            UPDATE owed SET octets = octets - OLD.octets WHERE id = 1;
        END;
        CREATE TRIGGER delivery_has_another_size AFTER UPDATE OF octets ON delivery
        BEGIN
            UPDATE owed SET octets = octets + NEW.octets - OLD.octets WHERE id = 1;
        END;
        CREATE TRIGGER post_has_another_size AFTER UPDATE OF bytes ON post
        BEGIN
            UPDATE delivery SET octets = length(NEW.bytes) WHERE post = NEW.id;
        END;

        -- Which lists have counted something.
        CREATE INDEX counter_by_name ON counter (name, list);

        -- When the key of a list ends, and when that was last read from its GnuPG home.
        ALTER TABLE list ADD COLUMN key_ends INTEGER;
        ALTER TABLE list ADD COLUMN key_seen INTEGER;
        """
}
