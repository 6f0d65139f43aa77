CREATE TABLE thespis_actor (
    id        VARCHAR(36)   NOT NULL PRIMARY KEY,
    name      VARCHAR(512)  NOT NULL,
    actor_key VARCHAR(2000) NOT NULL,
    created   BIGINT        NOT NULL,
    version   BIGINT        NOT NULL,
    wake_at   BIGINT        NOT NULL,
    state     ${text}       NOT NULL,
    CONSTRAINT thespis_actor_address UNIQUE (name, actor_key)
);

CREATE INDEX thespis_actor_newest ON thespis_actor (name, created);

CREATE INDEX thespis_actor_due ON thespis_actor (wake_at);
