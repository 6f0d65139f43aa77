package org.thespis.api.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.thespis.api.ActorKey;

/**
 * Keeps the actors that exist, and their state. Called by the runtime from many threads at once; each call is atomic, and
 * what it changed is durable when it returns. A method may block and throws {@link StoreException} when the store is out of
 * reach.
 */
public interface StateStore {

    /** The outcome of {@link #create}: the actor that now has the key, and whether this call made it. */
    record Creation(ActorRecord actor, boolean created) {}

    /**
     * A new state for an actor.
     *
     * @param version the one that the actor has, unless somebody else wrote it
     * @param wakeAt when the actor is to be woken, in milliseconds of the epoch; {@code Long.MAX_VALUE} for never; empty if
     *     that has not changed
     * @param entries what changes with it: all of it is written, or nothing is; a {@link EntryChange.Clear} stands before the
     *     other changes of its collection
     */
    record Write(String actorId, long version, byte[] state, OptionalLong wakeAt, List<EntryChange> entries) {

        /** One without durable collections. */
        public Write(String actorId, long version, byte[] state, OptionalLong wakeAt) {
            this(actorId, version, state, wakeAt, List.of());
        }
    }

    /**
     * Adds the actor with version 1, unless one of the same name and key exists: then that one is returned.
     *
     * @param wakeAt as in {@link Write}
     */
    Creation create(ActorRecord actor, byte[] state, long wakeAt);

    /**
     * Whether it keeps the entries of durable collections. If not, as by default, an application that has such fields is
     * refused when it is deployed, and no {@link Write} has entries.
     */
    default boolean keepsEntries() {
        return false;
    }

    /**
     * As {@link #create(ActorRecord, byte[], long)}, with entries that the actor has from the beginning.
     *
     * @param entries none of a store that does not keep them
     */
    default Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> entries) {
        if (!entries.isEmpty()) {
            throw new UnsupportedOperationException("this store keeps no entries");
        }
        return create(actor, state, wakeAt);
    }

    /**
     * Reads entries. What is read is of the version that is told, or of an earlier one that nobody but the asker wrote: a
     * store reads the version last.
     */
    default StoredEntries entries(String actorId, EntryRange range) {
        throw new UnsupportedOperationException("this store keeps no entries");
    }

    Optional<StoredActor> load(String id);

    /**
     * Writes each state whose actor still has the given version, and makes that one more. Of several writers of one version
     * exactly one succeeds.
     *
     * @return the ids of the actors that were not written, because they have another version or are gone
     */
    Set<String> write(List<Write> writes);

    /**
     * Whether {@link #write} may be called in this thread, which an author's code may have run in before. Not, for one, if it left a
     * transaction behind that would take part in it. By default it may. Must not block.
     */
    default boolean mayWriteInThisThread() {
        return true;
    }

    /**
     * Whether it can write in a transaction that resources of authors are part of, too. If not, as by default, an application
     * with actions that are {@linkplain org.thespis.api.Action#transactional() transactional} is refused when it is deployed.
     */
    default boolean hasTransactions() {
        return false;
    }

    /**
     * Begins such a transaction in this thread, which must be in none.
     *
     * @param timeout after which it is rolled back by itself
     * @throws StoreException if none can be begun
     */
    default StoreTransaction begin(Duration timeout) {
        throw new UnsupportedOperationException("this store has no transactions");
    }

    /** The ids of actors that are to be woken at that time or before, the most urgent first, at most {@code limit}. */
    List<String> due(long millis, int limit);

    /**
     * As {@link #due(long, int)}, of the types that the application has: a store may be shared with others. This default
     * gives those of all types; what the application cannot wake it asks for again and again.
     *
     * @param names of types; none are due of no types
     */
    default List<String> due(long millis, int limit, Set<String> names) {
        return due(millis, limit);
    }

    Optional<ActorRecord> find(String id);

    Optional<ActorRecord> find(String name, ActorKey key);

    /** Actors of one type, the newest first, at most {@code limit}. */
    List<ActorRecord> list(String name, int limit);

    /** Removes an actor with its entries and frees its key; false if there was none. */
    boolean delete(String id);

    /**
     * Removes an actor and frees its key, if it still has that version; false if it has another or is gone. A store should
     * do both in one step: this default leaves a moment between them.
     */
    default boolean delete(String id, long version) {
        return load(id).filter(stored -> stored.version() == version).isPresent() && delete(id);
    }
}
