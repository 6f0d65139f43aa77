package org.thespis.runtime.entry;

import java.util.function.Consumer;
import org.thespis.api.DurableValue;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.EntryKeys;
import org.thespis.runtime.entry.EntryCache.Slot;

/** One value that is an entry of its own. */
final class KeptValue implements DurableValue<Object>, Kept {

    private final ActorEntries entries;
    private final CollectionType type;
    private final Slot slot;
    private boolean present;

    KeptValue(ActorEntries entries, CollectionType type) {
        this.entries = entries;
        this.type = type;
        this.slot = new Slot(type.name(), EntryKeys.ofLong(0));
    }

    @Override
    public CollectionType type() {
        return type;
    }

    @Override
    public Head head() {
        return new Head(0, present ? 1 : 0);
    }

    @Override
    public void head(Head head) {
        present = head.to() > head.from();
    }

    @Override
    public void fill(Object plain) {
        if (plain != null) {
            entries.move(type, slot, null, plain);
            present = true;
        }
    }

    @Override
    public Object get() {
        byte[] json = isPresent() ? entries.json(slot, slot.key(), EntryKeys.behind(slot.key())) : null;
        return json == null ? null : entries.value(type, slot, json);
    }

    @Override
    public void set(Object value) {
        if (value == null) {
            entries.remove(slot);
        } else {
            entries.put(type, slot, null, value);
        }
        present = value != null;
    }

    @Override
    public boolean isPresent() {
        entries.requireTurn();
        return present;
    }

    @Override
    public void mutate(Consumer<? super Object> change) {
        Object value = get();
        if (value != null) {
            change.accept(value); // as of a list
        }
    }
}
