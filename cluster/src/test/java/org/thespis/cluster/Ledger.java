package org.thespis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnSleep;
import org.thespis.api.State;

/** An actor that notes each entry for ever, and tells its clients of it. */
@Actor("ledger")
public class Ledger {

    /** How often a connection of that id left an actor, anywhere. */
    static final Map<String, Integer> LEFT = new ConcurrentHashMap<>();

    ActorContext actor;

    @State
    List<String> entries = new ArrayList<>();

    /** How many there are then. */
    @Action
    public long add(String entry) {
        entries.add(entry);
        actor.broadcast("added", (long) entries.size(), entry);
        return entries.size();
    }

    /** Keeps the length of an entry only. */
    @Action
    public void weigh(String entry) {
        entries.add(Integer.toString(entry.length()));
    }

    @Action(readOnly = true)
    public List<String> entries() {
        return entries;
    }

    /** Whether who is behind the connection is one. */
    @Action(readOnly = true)
    public boolean isWriter() {
        return actor.connection().isUserInRole("writer");
    }

    /** Large ones, to who wants them. */
    @Action(readOnly = true)
    public void flood(int events, int bytes) {
        for (int i = 0; i < events; i++) {
            actor.broadcast("flood", i, "x".repeat(bytes));
        }
    }

    /** Takes its time, so that two who live at once are seen. */
    @OnSleep
    public void sleep() throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(5_000));
    }

    @OnDisconnect
    public void left(Connection connection) {
        LEFT.merge(connection.id(), 1, Integer::sum);
    }
}
