package org.thespis.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Who listens to the events of one connection. Used under the lock of the connection. */
final class Subscriptions {

    private final ClientBounds bounds;
    private final Lane lane;
    private final Map<String, List<EventSubscription>> byEvent = new HashMap<>();
    private final AtomicLong waitingBytes = new AtomicLong();

    Subscriptions(ClientBounds bounds, Lane lane) {
        this.bounds = bounds;
        this.lane = lane;
    }

    /** Adds one; whether it is the first to its event. */
    boolean add(EventSubscription subscription) {
        List<EventSubscription> all = byEvent.computeIfAbsent(subscription.event(), name -> new ArrayList<>(1));
        all.add(subscription);
        return all.size() == 1;
    }

    /** Removes one; whether it was the last to its event. */
    boolean remove(EventSubscription subscription) {
        List<EventSubscription> all = byEvent.get(subscription.event());
        boolean last = all != null && all.remove(subscription) && all.isEmpty();
        if (last) {
            byEvent.remove(subscription.event());
        }
        return last;
    }

    Set<String> events() {
        return byEvent.keySet();
    }

    /** A copy. */
    List<EventSubscription> of(String event) {
        return List.copyOf(byEvent.getOrDefault(event, List.of()));
    }

    /** A copy. */
    List<EventSubscription> all() {
        List<EventSubscription> all = new ArrayList<>();
        byEvent.values().forEach(all::addAll);
        return all;
    }

    /** Puts it into the lane that all have been let in. */
    void letIn() {
        byEvent.values().forEach(all -> all.forEach(one -> lane.put(one::letIn)));
    }

    /**
     * Puts an event into the lane, for each who listens to it.
     *
     * @param size bytes of the event
     * @return those for whom there was no room
     */
    List<EventSubscription> hear(String event, List<Object> arguments, int size) {
        List<EventSubscription> tooSlow = new ArrayList<>(0);
        for (EventSubscription listener : byEvent.getOrDefault(event, List.of())) {
            if (!admit(listener, arguments, size)) {
                tooSlow.add(listener);
            }
        }
        return tooSlow;
    }

    private boolean admit(EventSubscription listener, List<Object> arguments, int size) {
        if (waitingBytes.get() + size > bounds.waitingEventBytes() || !listener.admit(bounds.waitingEvents())) {
            return false;
        }
        waitingBytes.addAndGet(size);
        lane.put(() -> {
            waitingBytes.addAndGet(-size);
            listener.hear(arguments);
        });
        return true;
    }
}
