package org.thespis.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.thespis.api.Connection;
import org.thespis.api.Connections;

/** All connections of one actor, with an index of who subscribed to what. Used inside turns of the actor. */
final class LiveConnections implements Connections {

    private final ActorInstance actor;
    private final Map<String, LiveConnection> byId = new LinkedHashMap<>(4);
    private final Map<String, Set<LiveConnection>> subscribers = new HashMap<>(4);

    /** The ids of an event's subscribers, as broadcasts need them; an entry goes when its subscribers change. */
    private final Map<String, List<String>> receivers = new HashMap<>(4);

    LiveConnections(ActorInstance actor) {
        this.actor = actor;
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    void add(LiveConnection connection) {
        byId.put(connection.id(), connection);
    }

    void remove(LiveConnection connection) {
        if (byId.remove(connection.id(), connection)) {
            connection.subscriptions().forEach(event -> drop(event, connection));
            connection.subscriptions().clear();
        }
    }

    LiveConnection live(String id) {
        return byId.get(id);
    }

    List<LiveConnection> snapshot() {
        return new ArrayList<>(byId.values());
    }

    void subscribe(LiveConnection connection, String event) {
        if (connection.subscriptions().add(event)) {
            subscribers.computeIfAbsent(event, e -> new LinkedHashSet<>()).add(connection);
            receivers.remove(event);
        }
    }

    void unsubscribe(LiveConnection connection, String event) {
        if (connection.subscriptions().remove(event)) {
            drop(event, connection);
        }
    }

    private void drop(String event, LiveConnection connection) {
        Set<LiveConnection> set = subscribers.get(event);
        set.remove(connection);
        if (set.isEmpty()) {
            subscribers.remove(event);
        }
        receivers.remove(event);
    }

    @Override
    public Optional<Connection> get(String id) {
        actor.requireTurn();
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Connections only(Predicate<? super Connection> filter) {
        actor.requireTurn();
        return new Subset(filter);
    }

    @Override
    public Stream<Connection> stream() {
        actor.requireTurn();
        return List.<Connection>copyOf(byId.values()).stream();
    }

    @Override
    public Iterator<Connection> iterator() {
        return stream().iterator();
    }

    @Override
    public int size() {
        actor.requireTurn();
        return byId.size();
    }

    @Override
    public void send(String event, Object... arguments) {
        Turn turn = actor.requireTurn();
        if (subscribers.containsKey(event)) {
            List<String> ids = receivers.computeIfAbsent(event, this::subscriberIds);
            turn.add(new Output.Event(ids, event, actor.plainList(arguments)));
        }
    }

    private List<String> subscriberIds(String event) {
        return subscribers.get(event).stream().map(LiveConnection::id).toList();
    }

    /** Those connections that match a filter, looked at anew in each call. */
    private final class Subset implements Connections {

        private final Predicate<? super Connection> filter;

        private Subset(Predicate<? super Connection> filter) {
            this.filter = filter;
        }

        @Override
        public Optional<Connection> get(String id) {
            return LiveConnections.this.get(id).filter(filter);
        }

        @Override
        public Connections only(Predicate<? super Connection> narrower) {
            return new Subset(c -> filter.test(c) && narrower.test(c));
        }

        @Override
        public Stream<Connection> stream() {
            return LiveConnections.this.stream().filter(filter);
        }

        @Override
        public Iterator<Connection> iterator() {
            return stream().iterator();
        }

        @Override
        public int size() {
            return (int) stream().count();
        }

        @Override
        public void send(String event, Object... arguments) {
            Turn turn = actor.requireTurn();
            List<String> ids = subscribers.getOrDefault(event, Set.of()).stream()
                    .filter(filter)
                    .map(LiveConnection::id)
                    .toList();
            if (!ids.isEmpty()) {
                turn.add(new Output.Event(ids, event, actor.plainList(arguments)));
            }
        }
    }
}
