package org.thespis.bench.server;

import java.util.ArrayList;
import java.util.List;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.State;

/** Has a list in its document. */
@Actor("benchList")
public class GrowingList {

    @State
    List<Entry> entries = new ArrayList<>();

    @Action
    public int ping() {
        return entries.size();
    }

    @Action(readOnly = true)
    public int read() {
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
