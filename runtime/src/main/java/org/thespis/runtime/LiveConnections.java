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
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;

/** All connections of one actor, with an index of who subscribed to what. Used inside turns of the actor. */
final class LiveConnections implements Connections {

    private final ActorInstance actor;
    private final Map<String, LiveConnection> byId = new LinkedHashMap<>(4);
    private Map<String, Subscribers> subscribers = Map.of(); // another from the first subscription on

    /** Who subscribed to one event. */
    private static final class Subscribers {

        private final Set<LiveConnection> connections = new LinkedHashSet<>();

        /** Their ids, as broadcasts need them; null after a change. */
        private Receivers ids;

        Receivers ids() {
            if (ids == null) {
                ids = new Receivers(connections.stream().map(LiveConnection::id).toList());
            }
            return ids;
        }
    }

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
            if (subscribers.isEmpty()) {
                subscribers = new HashMap<>(4);
            }
            Subscribers all = subscribers.computeIfAbsent(event, e -> new Subscribers());
            all.connections.add(connection);
            all.ids = null;
        }
    }

    void unsubscribe(LiveConnection connection, String event) {
        if (connection.subscriptions().remove(event)) {
            drop(event, connection);
        }
    }

    private void drop(String event, LiveConnection connection) {
        Subscribers left = subscribers.get(event);
        left.connections.remove(connection);
        left.ids = null;
        if (left.connections.isEmpty()) {
            subscribers.remove(event);
        }
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
        Subscribers all = subscribers.get(event);
        if (all != null) {
            turn.add(new Output.Event(all.ids(), event, actor.plainList(arguments)));
        }
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
            Subscribers all = subscribers.get(event);
            List<String> ids = all == null
                    ? List.of()
                    : all.connections.stream()
                            .filter(filter)
                            .map(LiveConnection::id)
                            .toList();
            if (!ids.isEmpty()) {
                turn.add(new Output.Event(ids, event, actor.plainList(arguments)));
            }
        }
    }
}
