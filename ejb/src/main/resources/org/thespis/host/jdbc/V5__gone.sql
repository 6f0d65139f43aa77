-- Actors that are gone, and of whose entries some are left: to remove very many takes too long for one transaction.
CREATE TABLE thespis_gone (
    actor_number BIGINT NOT NULL PRIMARY KEY
);
