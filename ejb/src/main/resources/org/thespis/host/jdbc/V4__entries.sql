-- The entries of durable collections. Without a foreign key: a write that adds one would wait for who deletes the actor, and
-- that one for the state of this write.
CREATE TABLE thespis_entry (
    actor_number BIGINT       NOT NULL,
    collection   VARCHAR(512) NOT NULL,
    entry_key    ${bytes}     NOT NULL,
    entry_value  ${text}      NOT NULL,
    PRIMARY KEY (actor_number, collection, entry_key)
);
