package org.thespis.runtime.entry;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import org.thespis.api.DurableList;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.EntryKeys;
import org.thespis.runtime.entry.EntryCache.Slot;

/** A list whose elements have numbers that do not change when it grows or shrinks at either end. */
final class KeptList extends AbstractList<Object> implements DurableList<Object>, Kept {

    private final ActorEntries entries;
    private final CollectionType type;
    private long from; // the number of the first element
    private long to; // behind the last one

    KeptList(ActorEntries entries, CollectionType type) {
        this.entries = entries;
        this.type = type;
    }

    @Override
    public CollectionType type() {
        return type;
    }

    @Override
    public Head head() {
        return new Head(from, to);
    }

    @Override
    public void head(Head head) {
        from = head.from();
        to = head.to();
        modCount++;
    }

    @Override
    public void fill(Object plain) {
        if (plain != null) {
            for (Object element : (List<?>) plain) {
                entries.move(type, slot(to), null, element);
                to++;
            }
            modCount++;
        }
    }

    private Slot slot(long number) {
        return new Slot(type.name(), EntryKeys.ofLong(number));
    }

    @Override
    public int size() {
        entries.requireTurn();
        return (int) Math.min(to - from, Integer.MAX_VALUE);
    }

    @Override
    public Object get(int index) {
        Objects.checkIndex(index, size());
        return at(from + index);
    }

    private Object at(long number) {
        long page = Math.floorDiv(number, (long) ActorEntries.PAGE) * ActorEntries.PAGE;
        byte[] json = entries.json(
                slot(number), EntryKeys.ofLong(page), EntryKeys.ofLong(Math.min(page + ActorEntries.PAGE, to)));
        if (json == null) {
            throw new IllegalStateException("an element of " + type.name() + " is not in the store any more");
        }
        return entries.value(type, slot(number), json);
    }

    @Override
    public Object set(int index, Object element) {
        Object before = get(index);
        entries.put(type, slot(from + index), null, element);
        return before;
    }

    @Override
    public void mutate(int index, Consumer<? super Object> change) {
        change.accept(get(index)); // the turn has it in its hands, and finds whether it was changed
    }

    @Override
    public void add(int index, Object element) {
        if (index == size()) {
            addLast(element);
        } else if (index == 0) {
            addFirst(element);
        } else {
            Objects.checkIndex(index, size());
            throw notBetween();
        }
    }

    @Override
    public boolean addAll(int index, Collection<?> elements) {
        Objects.checkIndex(index, size() + 1);
        List<Object> all = new ArrayList<>(elements);
        if (index == size()) {
            all.forEach(this::addLast);
        } else if (index == 0) {
            Collections.reverse(all);
            all.forEach(this::addFirst);
        } else {
            throw notBetween();
        }
        return !all.isEmpty();
    }

    private UnsupportedOperationException notBetween() {
        return new UnsupportedOperationException(type.name() + " grows and shrinks at its ends only");
    }

    @Override
    public void addFirst(Object element) {
        entries.put(type, slot(from - 1), null, element);
        from--;
        modCount++;
    }

    @Override
    public void addLast(Object element) {
        requireRoom();
        entries.put(type, slot(to), null, element);
        to++;
        modCount++;
    }

    private void requireRoom() {
        if (to - from >= Integer.MAX_VALUE) {
            throw new IllegalStateException(type.name() + " has " + Integer.MAX_VALUE + " elements already");
        }
    }

    @Override
    public Object remove(int index) {
        Object before = get(index);
        if (index == size() - 1) {
            entries.remove(slot(--to));
        } else if (index == 0) {
            entries.remove(slot(from++));
        } else {
            throw notBetween();
        }
        modCount++;
        return before;
    }

    @Override
    public Object getFirst() {
        return get(existing(0));
    }

    @Override
    public Object getLast() {
        return get(existing(size() - 1));
    }

    @Override
    public Object removeFirst() {
        return remove(existing(0));
    }

    @Override
    public Object removeLast() {
        return remove(existing(size() - 1));
    }

    private int existing(int index) {
        if (isEmpty()) {
            throw new NoSuchElementException(type.name() + " is empty");
        }
        return index;
    }

    @Override
    public void clear() {
        entries.clear(type.name());
        from = 0;
        to = 0;
        modCount++;
    }

    @Override
    public List<Object> page(int first, int size) {
        int begin = Math.max(0, Math.min(first, size()));
        int end = (int) Math.min(size(), Math.max(begin, (long) first + size));
        List<Object> page = new ArrayList<>(end - begin);
        for (int i = begin; i < end; i++) {
            page.add(get(i));
        }
        return page;
    }
}
