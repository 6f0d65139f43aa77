package org.thespis.runtime.connection;

import java.util.Collections;
import java.util.List;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Turn;

/** Lets clients into one actor; made for each, as it keeps nothing. Used inside turns of the actor. */
public final class Connector {

    private final Author author;
    private final LiveConnections connections;
    private final Services services;

    public Connector(Author author, LiveConnections connections, Services services) {
        this.author = author;
        this.connections = connections;
        this.services = services;
    }

    /** A client connects. */
    public void connect(Turn turn, Command.Connect command) {
        LiveConnection connection =
                connections.make(command.clientId(), command.parameters(), command.caller(), command.request());
        int before = turn.outputs().size();
        try {
            author.definition().access().ofConnections().require(command.caller());
            turn.add(new Output.Opened(connection.id(), author.id())); // before what hooks send
            check(turn, connection);
            enter(connection);
        } catch (Throwable e) {
            ActorError error = author.failure(e, "connecting to");
            turn.takeBack(before, output -> isTo(connection.id(), output));
            connections.refuse(connection);
            turn.add(new Output.Failed(connection.id(), null, error, null));
            turn.add(new Output.Closed(connection.id(), Refusals.REFUSED, error.reason()));
        }
    }

    /** Whether an output is for a client that is refused after all; one that the actor itself closed stays so. */
    private static boolean isTo(String client, Output output) {
        return output instanceof Output.Opened opened && opened.clientId().equals(client)
                || output instanceof Output.Event event && event.receivers().equals(List.of(client));
    }

    /** Lets a client in before it comes, as the actor is created for it. */
    public void admit(Turn turn, LiveConnection connection) throws Throwable {
        requireOnTheWay(connection);
        turn.onBehalfOf(connection);
        author.hook(Hook.BEFORE_CONNECT, connection, Collections.singletonList(connection.hookParameter()));
        turn.onBehalfOf(null);
        requireOpen(connection);
        connections.expect(connection);
    }

    /** Asks the hooks whether the client may come in, and makes the connection's state. */
    public void check(Turn turn, LiveConnection connection) throws Throwable {
        requireOnTheWay(connection);
        turn.onBehalfOf(connection);
        List<Object> arguments = Collections.singletonList(connection.hookParameter());
        if (!connections.takeExpected(connection)) {
            author.hook(Hook.BEFORE_CONNECT, connection, arguments);
        }
        Object state = author.hook(Hook.CONNECTION_STATE, connection, arguments);
        if (state != null) {
            connection.state(state);
        }
        requireOpen(connection);
    }

    private void requireOnTheWay(LiveConnection connection) {
        author.definition().access().requireOnTheWay(connection.caller());
    }

    /** @throws ActorException if the actor has closed the connection */
    public static void requireOpen(LiveConnection connection) {
        if (connection.isGone()) { // a hook has closed it
            throw new ActorException(ActorError.connectionClosed());
        }
    }

    /**
     * Makes a connection seen, and calls {@code OnConnect}.
     *
     * @throws Throwable if that refuses it: then it is not seen any more, and {@code OnDisconnect} is not called
     */
    public void enter(LiveConnection connection) throws Throwable {
        connections.list(connection);
        connection.stage(LiveConnection.Stage.IN);
        try {
            author.hook(Hook.CONNECT, connection, Collections.singletonList(connection.hookParameter()));
        } catch (Throwable e) {
            connections.refuse(connection);
            throw e;
        }
    }

    /** A client has left. */
    public void disconnect(String clientId) {
        LiveConnection connection = connections.live(clientId);
        if (connection != null) {
            connections.end(connection);
        }
    }

    /** A client wants the events of a name, or no more. */
    public void subscribe(Turn turn, Command.Subscribe command) {
        LiveConnection connection = connections.live(command.clientId());
        if (connection == null) {
            return;
        }
        int maxSubscriptions = services.settings().maxSubscriptions();
        if (!command.on()) {
            connections.unsubscribe(connection, command.event());
        } else if (connection.subscriptions().size() >= maxSubscriptions
                && !connection.subscriptions().contains(command.event())) {
            ActorError error = ActorError.of("connection", "too_many_subscriptions", "At most " + maxSubscriptions);
            fail(turn, connection, error);
        } else {
            askAndSubscribe(turn, connection, command.event());
        }
    }

    private void askAndSubscribe(Turn turn, LiveConnection connection, String event) {
        try {
            author.definition().access().ofEvent(event).require(connection.caller());
            if (!maySubscribe(turn, connection, event)) {
                throw new ActorException(ActorError.forbidden());
            }
            if (!connection.isGone() && !connection.subscriptions().contains(event)) { // the hook may have closed it
                connections.subscribe(connection, event);
                turn.ifTakenBack(error -> refuse(turn, connection, event, error));
            }
        } catch (Throwable e) {
            ActorError error = author.failure(e, "@CanSubscribe(\"" + event + "\")");
            fail(turn, connection, error.isRefusal() ? ActorError.ofSubscription(error, event) : error);
        }
    }

    private void refuse(Turn turn, LiveConnection connection, String event, ActorError error) {
        connections.unsubscribe(connection, event);
        fail(turn, connection, error);
    }

    private boolean maySubscribe(Turn turn, LiveConnection connection, String event) throws Throwable {
        turn.onBehalfOf(connection);
        return author.maySubscribe(connection, event);
    }

    private void fail(Turn turn, LiveConnection connection, ActorError error) {
        turn.add(new Output.Failed(connection.id(), null, error, author.origin()));
    }
}
