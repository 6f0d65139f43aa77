package org.thespis.api.spi;

import java.time.Instant;
import org.thespis.api.ActorKey;

/**
 * What a store knows of an actor besides its state.
 *
 * @param id unique over all actors, for ever
 * @param name the actor's type
 * @param created when it was created
 */
public record ActorRecord(String id, String name, ActorKey key, Instant created) {}
