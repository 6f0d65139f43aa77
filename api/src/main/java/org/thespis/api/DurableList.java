package org.thespis.api;

import java.util.List;
import java.util.function.Consumer;

/**
 * A list of any length, as a {@link State} field that the runtime provides: each element is a row of the store, read when it
 * is asked for and written when it was changed, with the state and all that is promised for that.
 *
 * <pre>{@code
 * @State DurableList<Message> messages;
 * }</pre>
 *
 * <p>It grows and shrinks at both ends; elements between are replaced with {@link #set}, and inserting or removing there
 * throws {@link UnsupportedOperationException}. What goes through all elements ({@code contains}, {@code equals}, {@code
 * stream}) reads all of them, in pages.
 *
 * <p>An element belongs to the turn that asked for it. What the turn changes in it is found at the end of the turn and
 * written, whether it was changed by {@link #mutate} or otherwise; in later turns it is a copy, and changes of it count
 * nowhere. Elements that cannot be changed (texts, numbers, times, records of such) cost nothing for that; a turn that has
 * more than {@code max-state-bytes} of others in its hands is refused more.
 *
 * <p>Use it only in turns of its actor. A read that the store does not answer in time throws, and its caller is told {@code
 * actor.entries_unavailable}. Not for durability {@code NONE}, and not inside other values. The type of a field may change
 * from {@link List} to this and back: what is stored moves when the actor wakes.
 */
public interface DurableList<E> extends List<E> {

    void addFirst(E element);

    void addLast(E element);

    /** @throws java.util.NoSuchElementException if it is empty */
    E getFirst();

    /** @throws java.util.NoSuchElementException if it is empty */
    E getLast();

    /** @throws java.util.NoSuchElementException if it is empty */
    E removeFirst();

    /** @throws java.util.NoSuchElementException if it is empty */
    E removeLast();

    /** At most {@code size} elements from that index on, in a list of their own; those that do not exist are left out. */
    List<E> page(int from, int size);

    /** Changes an element in place, and has it written if it is another then. */
    void mutate(int index, Consumer<? super E> change);
}
