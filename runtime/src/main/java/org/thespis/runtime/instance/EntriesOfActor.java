package org.thespis.runtime.instance;

import java.util.List;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StoredEntries;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.commit.DurableState;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.entry.ActorEntries;
import org.thespis.runtime.entry.DurableCollections;
import org.thespis.runtime.entry.EntryChanges;
import org.thespis.runtime.entry.EntrySource;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.UnwritableStateException;
import org.thespis.runtime.settings.StateSettings;

/** The durable collections of one live actor, and the part of its document that tells of them. Used in turns. */
final class EntriesOfActor implements DocumentPart, EntrySource {

    /** How many times as much as one entry may have may wait for the store. */
    private static final long MAX_WAITING = 8;

    static final String MEMBER = "entries";

    /** Those of an actor that has no collections. */
    static final EntriesOfActor NONE = new EntriesOfActor(null);

    private final ActorInstance actor;
    private ActorEntries entries; // null while there are no collections
    private DurableCollections collections; // likewise

    EntriesOfActor(ActorInstance actor) {
        this.actor = actor;
    }

    /** Null while there are none. */
    DurableCollections collections() {
        return collections;
    }

    DurableCollections needCollections() {
        if (collections == null) {
            StateSettings settings = settings();
            entries = new ActorEntries(
                    this, actor.services().verification(), settings.maxBytes(), settings.entryCacheBytes());
            collections = new DurableCollections(entries);
        }
        return collections;
    }

    private StateSettings settings() {
        return actor.services().settings().state();
    }

    void begin() {
        if (entries != null) {
            entries.begin();
        }
    }

    /** The turn is over: what it had in its hands does not stay in memory. */
    void letGo() {
        if (entries != null) {
            entries.letGo();
        }
    }

    /**
     * Finds what was changed in place.
     *
     * @throws UnwritableStateException if something could not come back, is too long, or too much waits for the store
     */
    void look() {
        if (entries == null) {
            return;
        }
        entries.look();
        if (entries.hasChanges()) {
            long maxWaiting = MAX_WAITING * settings().maxBytes();
            long waiting =
                    notDurable().stream().mapToLong(EntryChanges::counted).sum();
            if (waiting + entries.counted() > maxWaiting) {
                throw UnwritableStateException.waiting(entries.changed(), maxWaiting);
            }
        }
    }

    /**
     * The same behind methods of the actor that say that they only read.
     *
     * @throws UnwritableStateException if all is verified, and they have changed something
     */
    void lookAfterReading() {
        if (entries != null && actor.services().verification().isOfAll()) {
            entries.look();
            if (entries.hasChanges()) {
                throw UnwritableStateException.readOnly(entries.changed());
            }
        }
    }

    boolean hasChanges() {
        return entries != null && entries.hasChanges();
    }

    void mark() {
        if (entries != null) {
            entries.look();
            entries.mark();
        }
    }

    void backToMark() {
        if (entries != null) {
            entries.backToMark();
        }
    }

    void back() {
        if (entries != null) {
            entries.back();
        }
    }

    /** What {@link #take} would tell. */
    EntryChanges changes() {
        return entries == null ? EntryChanges.NONE : entries.changes();
    }

    EntryChanges take() {
        return entries == null ? EntryChanges.NONE : entries.take();
    }

    @Override
    public void requireTurn() {
        actor.turns().require();
    }

    @Override
    public List<EntryChanges> notDurable() {
        return actor.state().notDurable();
    }

    @Override
    public StoredEntries read(EntryRange range) {
        if (!actor.isStored()) {
            return new StoredEntries(0, List.of());
        }
        long before = actor.state().version();
        StoredEntries read = actor.reads().read(actor.id(), range);
        if (!isOwn(read.version(), before)) { // they are of another instance, and do not fit the fields
            ActorError error = actor.state().fenced();
            actor.lifeCycle().lost(error);
            throw new ActorException(error);
        }
        return read;
    }

    private boolean isOwn(long version, long before) {
        DurableState state = actor.state();
        return state.isOwn(version, before)
                && (!state.isInDoubt(version)
                        || state.hasWritten(version, actor.reads().load(actor.id())));
    }

    @Override
    public String member() {
        return MEMBER;
    }

    @Override
    public boolean isEmpty() {
        return collections == null || collections.isEmpty();
    }

    @Override
    public byte[] json(Values values) {
        return collections.json();
    }

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public void read(byte[] json, Values values) {
        needCollections().read(json);
    }
}
