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
 */
public record Storage(StateStore store, Executor commits, Executor reads) {}
