package org.thespis.runtime;

import java.util.Collections;
import java.util.List;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Lets clients in and out of one actor. Used inside turns of the actor. */
final class Connector {

    /** The server refuses to go on: RFC 6455, section 7.4.1. */
    static final int REFUSED = 1011;

    private final ActorInstance actor;

    Connector(ActorInstance actor) {
        this.actor = actor;
    }

    void connect(Turn turn, Command.Connect command) {
        LiveConnection connection =
                new LiveConnection(command.clientId(), command.parameters(), command.caller(), actor);
        int before = turn.outputs().size();
        try {
            check(turn, connection);
            turn.add(new Output.Opened(connection.id(), actor.record().id()));
            list(connection);
        } catch (Throwable e) {
            turn.rewind(before);
            connection.leave();
            refuse(turn, connection.id(), actor.failure(e, "connecting to"));
        }
    }

    /** Asks the hooks whether the client may come in, and makes the connection's state. */
    void check(Turn turn, LiveConnection connection) throws Throwable {
        if (actor.isGone()) {
            throw new ActorException(actor.ending());
        }
        turn.onBehalfOf(connection);
        Object parameters = connection.plainParameters();
        List<Object> arguments = Collections.singletonList(parameters instanceof Undefined ? null : parameters);
        actor.hook(Hook.BEFORE_CONNECT, connection, arguments);
        Object state = actor.hook(Hook.CONNECTION_STATE, connection, arguments);
        if (state != null) {
            connection.state(state);
        }
    }

    /** Makes a connection seen. */
    void list(LiveConnection connection) throws Throwable {
        actor.connections().add(connection);
        actor.hook(Hook.CONNECT, connection, List.of());
    }

    static void refuse(Turn turn, String clientId, ActorError error) {
        turn.add(new Output.Failed(clientId, null, error, null));
        turn.add(new Output.Closed(clientId, REFUSED, error.reason()));
    }

    void disconnect(String clientId) {
        LiveConnection connection = actor.connections().live(clientId);
        if (connection != null) {
            connection.leave();
            disconnected(connection);
        }
    }

    /** Tells the actor that a connection has left. */
    void disconnected(LiveConnection connection) {
        if (actor.isGone()) {
            return;
        }
        Turn turn = actor.requireTurn();
        LiveConnection outer = turn.connection();
        turn.onBehalfOf(connection);
        try {
            actor.hook(Hook.DISCONNECT, connection, List.of());
        } catch (Throwable e) {
            Failures.log(e, "@OnDisconnect of " + actor);
        } finally {
            turn.onBehalfOf(outer);
        }
    }

    void subscribe(Turn turn, Command.Subscribe command) {
        LiveConnection connection = actor.connections().live(command.clientId());
        if (connection == null) {
            return;
        }
        if (!command.on()) {
            actor.connections().unsubscribe(connection, command.event());
            return;
        }
        int max = actor.services().settings().maxSubscriptions();
        if (connection.subscriptions().size() >= max
                && !connection.subscriptions().contains(command.event())) {
            fail(turn, connection, ActorError.of("connection", "too_many_subscriptions", "At most " + max));
        } else {
            askAndSubscribe(turn, connection, command.event());
        }
    }

    private void askAndSubscribe(Turn turn, LiveConnection connection, String event) {
        try {
            if (maySubscribe(turn, connection, event)) {
                actor.connections().subscribe(connection, event);
            } else {
                fail(turn, connection, ActorError.subscriptionRefused(event));
            }
        } catch (Throwable e) {
            fail(turn, connection, actor.failure(e, "@CanSubscribe(\"" + event + "\")"));
        }
    }

    private boolean maySubscribe(Turn turn, LiveConnection connection, String event) throws Throwable {
        Invoker invoker = actor.definition().canSubscribe(event);
        if (invoker == null) {
            return true;
        }
        turn.onBehalfOf(connection);
        return (boolean) invoker.invokePlain(actor.bean(), actor.context(), connection, List.of(event), actor.values());
    }

    private void fail(Turn turn, LiveConnection connection, ActorError error) {
        turn.add(new Output.Failed(connection.id(), null, error, actor.origin()));
    }
}
