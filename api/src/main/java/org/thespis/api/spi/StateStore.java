package org.thespis.api.spi;

import java.util.List;
import java.util.Optional;
import org.thespis.api.ActorKey;

/**
 * Keeps the actors that exist. Called by the runtime from many threads at once; each call is atomic. A method may block
 * and throws {@link StoreException} when the store is out of reach, having changed nothing.
 */
public interface StateStore {

    /** The outcome of {@link #create}: the actor that now has the key, and whether this call made it. */
    record Creation(ActorRecord actor, boolean created) {}

    /** Adds the actor unless one of the same name and key exists: then that one is returned and nothing changed. */
    Creation create(ActorRecord actor);

    Optional<ActorRecord> find(String id);

    Optional<ActorRecord> find(String name, ActorKey key);

    /** Actors of one type, the newest first, at most {@code limit}. */
    List<ActorRecord> list(String name, int limit);

    /** Removes an actor and frees its key; false if there was none. */
    boolean delete(String id);
}
