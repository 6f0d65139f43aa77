-- What changes with each commit stands apart, in a table of few indexes: a database may write all indexes of a row anew.
CREATE TABLE thespis_state (
    actor_id VARCHAR(36) NOT NULL PRIMARY KEY,
    version  BIGINT      NOT NULL,
    wake_at  BIGINT      NOT NULL,
    state    ${text}     NOT NULL,
    CONSTRAINT thespis_state_actor FOREIGN KEY (actor_id) REFERENCES thespis_actor (id) ON DELETE CASCADE
);

INSERT INTO thespis_state (actor_id, version, wake_at, state)
SELECT id, version, wake_at, state FROM thespis_actor;

CREATE INDEX thespis_state_due ON thespis_state (wake_at);

DROP INDEX thespis_actor_due;

ALTER TABLE thespis_actor DROP COLUMN version;
ALTER TABLE thespis_actor DROP COLUMN wake_at;
ALTER TABLE thespis_actor DROP COLUMN state;
