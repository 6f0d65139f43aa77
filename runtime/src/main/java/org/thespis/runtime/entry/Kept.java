package org.thespis.runtime.entry;

import org.thespis.runtime.document.CollectionType;

/** One durable collection of one actor, behind what the author sees. Used in turns. */
interface Kept {

    CollectionType type();

    /**
     * What the document has of it: its entries are between those numbers.
     *
     * @param to excluded; the number of entries is the difference
     */
    record Head(long from, long to) {

        static final Head EMPTY = new Head(0, 0);
    }

    Head head();

    void head(Head head);

    /** Puts in what the field had when it was a plain one; null for nothing. */
    void fill(Object plain);
}
