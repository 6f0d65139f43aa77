package org.thespis.bench.server;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.DurableList;
import org.thespis.api.State;

/** Has a list whose elements are rows. */
@Actor("benchRows")
public class GrowingRows {

    @State
    DurableList<Entry> entries;

    @Action
    public int ping() {
        return entries.size();
    }

    @Action
    public int append() {
        entries.add(Entry.of(entries.size()));
        return entries.size();
    }

    @Action
    public int fill(int count) {
        for (int i = 0; i < count; i++) {
            append();
        }
        return entries.size();
    }
}
