package org.thespis.runtime;

import java.lang.reflect.Constructor;
import java.security.Principal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.thespis.api.Connection;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;

/** A connection as its actor sees it. Used inside turns of the actor. */
final class LiveConnection implements Connection {

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    private final String id;
    private final Object parameters;
    private final Caller caller;
    private final ActorInstance actor;
    private final Set<String> subscriptions = new HashSet<>(4);
    private Object state;
    private boolean gone;

    LiveConnection(String id, Object parameters, Caller caller, ActorInstance actor) {
        this.id = id;
        this.parameters = parameters;
        this.caller = caller;
        this.actor = actor;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<Principal> principal() {
        return caller.principal();
    }

    Object plainParameters() {
        return parameters;
    }

    Set<String> subscriptions() {
        return subscriptions;
    }

    @Override
    public <T> T parameters(Class<T> type) {
        if (parameters instanceof Undefined) {
            return null;
        }
        try {
            @SuppressWarnings("unchecked")
            T bound = (T) actor.values().bind(parameters, type);
            return bound;
        } catch (BindingException e) {
            throw new UserException("invalid_parameters", "Connection parameters: " + e.getMessage());
        }
    }

    @Override
    public <T> T state(Class<T> type) {
        actor.requireTurn();
        if (state == null) {
            state = make(type);
        }
        return type.cast(state);
    }

    private static <T> T make(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the connection has no state yet, and " + type.getName() + " has no constructor without arguments",
                    e);
        }
    }

    @Override
    public void state(Object newState) {
        actor.requireTurn();
        state = newState;
    }

    @Override
    public void send(String event, Object... arguments) {
        Turn turn = actor.requireTurn();
        if (!gone) {
            turn.add(new Output.Event(java.util.List.of(id), event, actor.plainList(arguments)));
        }
    }

    @Override
    public void disconnect(String reason) {
        Turn turn = actor.requireTurn();
        if (!gone) {
            turn.add(new Output.Closed(id, NORMAL_CLOSURE, reason));
            turn.atEnd(() -> actor.connector().disconnected(this));
            leave();
        }
    }

    boolean isGone() {
        return gone;
    }

    /** From now on nothing reaches the client and nobody sees the connection. */
    void leave() {
        gone = true;
        actor.connections().remove(this);
    }
}
