package org.thespis.runtime.entry;

import java.util.List;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StoredEntries;

/** Where the entries of one actor come from. Used in its turns. */
public interface EntrySource {

    /** @throws IllegalStateException in any thread but that of a turn */
    void requireTurn();

    /** What earlier turns changed and the store may not have yet, the oldest first; to be asked before the store is. */
    List<EntryChanges> notDurable();

    /**
     * Reads what the store has; blocks.
     *
     * @throws RuntimeException if the store does not answer in time, or somebody else has written the actor
     */
    StoredEntries read(EntryRange range);
}
