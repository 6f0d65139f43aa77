package org.thespis.runtime.connection;

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
import org.thespis.runtime.connection.LiveConnection.Stage;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.PackedRequest;
import org.thespis.runtime.message.Receivers;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/** All connections of one actor, with an index of who subscribed to what. Used inside turns of the actor. */
public final class LiveConnections implements Connections {

    private final Turns turns;
    private final Author author;
    private Map<String, LiveConnection> byId = Map.of(); // another while somebody is there
    private Map<String, Subscribers> subscribers = Map.of(); // another from the first subscription on

    /** The client that was let in when the actor was created, and has not come yet; or null. */
    private LiveConnection expected;

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

    public LiveConnections(Turns turns, Author author) {
        this.turns = turns;
        this.author = author;
    }

    Turns turns() {
        return turns;
    }

    Author author() {
        return author;
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /**
     * A connection that nobody sees yet.
     *
     * @param request by which the client came, or null
     */
    public LiveConnection make(String id, Object parameters, Caller caller, PackedRequest request) {
        return new LiveConnection(id, parameters, caller, request, this);
    }

    void expect(LiveConnection connection) {
        expected = connection;
    }

    /** Whether that is the client that was let in before it came; then it goes on with the state that it was given. */
    boolean takeExpected(LiveConnection connection) {
        if (expected == null || !expected.id().equals(connection.id())) {
            return false;
        }
        connection.takeState(expected);
        expected = null;
        return true;
    }

    /** Makes a connection seen. */
    void list(LiveConnection connection) {
        LiveConnection former = byId.get(connection.id());
        if (former != null) {
            end(former); // what comes under its id from now on is not for it
        }
        if (byId.isEmpty()) {
            byId = new LinkedHashMap<>(4);
        }
        byId.put(connection.id(), connection);
    }

    public LiveConnection live(String id) {
        return byId.get(id);
    }

    /**
     * The one end of a connection, whoever wants it: nobody sees it and nothing reaches it from now on, and at the end of
     * the turn {@code OnDisconnect} is called for one that had been let in.
     */
    public void end(LiveConnection connection) {
        if (connection.isGone()) {
            return;
        }
        if (connection.stage() == Stage.IN) { // first: what comes behind may overflow the stack of the author
            turns.require().atEnd(() -> tell(connection));
        }
        leave(connection);
    }

    private void leave(LiveConnection connection) {
        remove(connection);
        connection.stage(Stage.GONE);
    }

    private void tell(LiveConnection connection) {
        if (connection.stage() == Stage.REFUSED || !connection.isToldFirst()) {
            return; // OnConnect has closed it, and then refused it
        }
        leave(connection);
        Turn turn = turns.require();
        Connection outer = turn.connection();
        turn.onBehalfOf(connection);
        author.hookOrLog(Hook.DISCONNECT, connection);
        turn.onBehalfOf(outer);
    }

    /** The end of a connection that was never there, as it was refused. */
    public void refuse(LiveConnection connection) {
        connection.stage(Stage.REFUSED);
        remove(connection);
    }

    private void remove(LiveConnection connection) {
        if (byId.get(connection.id()) == connection) {
            connection.subscriptions().forEach(event -> drop(event, connection));
            connection.unsubscribeFromAll();
            byId.remove(connection.id());
            byId = byId.isEmpty() ? Map.of() : byId;
        }
    }

    /** Ends all; the actor goes. What closes the clients is up to the caller. */
    public void endAll() {
        List.copyOf(byId.values()).forEach(this::end);
    }

    /** The ids of all. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    void subscribe(LiveConnection connection, String event) {
        if (connection.subscribe(event)) {
            if (subscribers.isEmpty()) {
                subscribers = new HashMap<>(4);
            }
            Subscribers all = subscribers.computeIfAbsent(event, e -> new Subscribers());
            all.connections.add(connection);
            all.ids = null;
        }
    }

    void unsubscribe(LiveConnection connection, String event) {
        if (connection.unsubscribe(event)) {
            drop(event, connection);
        }
    }

    private void drop(String event, LiveConnection connection) {
        Subscribers left = subscribers.get(event);
        if (left == null) {
            return;
        }
        left.connections.remove(connection);
        left.ids = null;
        if (left.connections.isEmpty()) {
            subscribers.remove(event);
            subscribers = subscribers.isEmpty() ? Map.of() : subscribers;
        }
    }

    @Override
    public Optional<Connection> get(String id) {
        turns.require();
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    @Override
    public Connections only(Predicate<? super Connection> filter) {
        turns.require();
        return new Subset(filter);
    }

    @Override
    public Stream<Connection> stream() {
        turns.require();
        return List.<Connection>copyOf(byId.values()).stream();
    }

    @Override
    public Iterator<Connection> iterator() {
        return stream().iterator();
    }

    @Override
    public int size() {
        turns.require();
        return byId.size();
    }

    @Override
    public void send(String event, Object... arguments) {
        Turn turn = turns.require();
        Subscribers all = subscribers.get(event);
        if (all != null) {
            turn.add(new Output.Event(all.ids(), event, author.plainList(arguments)));
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
            Turn turn = turns.require();
            Subscribers all = subscribers.get(event);
            List<String> ids = all == null
                    ? List.of()
                    : all.connections.stream()
                            .filter(filter)
                            .map(LiveConnection::id)
                            .toList();
            if (!ids.isEmpty()) {
                turn.add(new Output.Event(ids, event, author.plainList(arguments)));
            }
        }
    }
}
