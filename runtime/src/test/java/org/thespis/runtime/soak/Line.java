package org.thespis.runtime.soak;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection or socket, as its gateway sees it. Any thread. */
final class Line {

    final String id;
    final String actorId;
    final SoakNode node;
    final boolean socket;
    final Map<Long, Asked> calls = new ConcurrentHashMap<>();
    final Set<String> seen = ConcurrentHashMap.newKeySet(); // tokens of events
    final AtomicLong requests = new AtomicLong();
    volatile boolean opened;
    private volatile boolean closed; // by the actor
    private volatile boolean left; // by the client
    private long lastEvent; // guarded by this

    Line(String id, String actorId, SoakNode node, boolean socket) {
        this.id = id;
        this.actorId = actorId;
        this.node = node;
        this.socket = socket;
    }

    void closed() {
        closed = true;
    }

    void leave() {
        left = true;
    }

    boolean isOver() {
        return closed || left;
    }

    /** Notes an event; false if it is not newer than the one before. */
    synchronized boolean event(long number, String token) {
        boolean newer = number > lastEvent;
        lastEvent = number;
        seen.add(token);
        return newer;
    }
}
