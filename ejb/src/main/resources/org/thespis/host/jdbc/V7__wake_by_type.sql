-- Several applications may keep their actors in one database: each asks for those that are due of its own types, however many
-- of others are overdue. The empty name is of rows that an application of an older version adds meanwhile.
ALTER TABLE thespis_wake ADD COLUMN actor_name VARCHAR(512) DEFAULT '' NOT NULL;

UPDATE thespis_wake SET actor_name =
    COALESCE((SELECT name FROM thespis_actor WHERE thespis_actor.id = thespis_wake.actor_id), '');

DROP INDEX thespis_wake_due;

CREATE INDEX thespis_wake_due ON thespis_wake (actor_name, wake_at);
