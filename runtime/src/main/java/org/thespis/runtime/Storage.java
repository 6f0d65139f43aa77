package org.thespis.runtime;

import java.util.concurrent.Executor;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;

/**
 * A store of actors, and the threads that call it.
 *
 * @param commits runs what writes states: apart, as actions may keep all threads for turns busy, and one store that hangs those of
 *     another; {@link CommitQueue#MAX_HELD_UP} threads and one more are of use
 * @param reads runs what reads entries of durable collections, while turns wait; {@link EntryReads#MAX_READS} threads are of use
 * @param wakes runs what looks for actors that have planned something, and wakes them; null for the threads for turns
 */
public record Storage(StateStore store, Executor commits, Executor reads, Executor wakes) {

    /** Threads of use for what wakes. */
    public static final int MAX_WAKES = 8;

    /** One whose actors are woken by the threads for turns. */
    public Storage(StateStore store, Executor commits, Executor reads) {
        this(store, commits, reads, null);
    }
}
