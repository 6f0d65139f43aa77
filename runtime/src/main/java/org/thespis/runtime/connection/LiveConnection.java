package org.thespis.runtime.connection;

import java.lang.reflect.Constructor;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thespis.api.Connection;
import org.thespis.api.ConnectionRequest;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.PackedRequest;

/** A connection as its actor sees it. Used inside turns of the actor. */
public final class LiveConnection implements Connection {

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    /** How far a connection has come. */
    enum Stage {
        /** The hooks decide about it. */
        NEW,
        /** It is listed; {@code OnConnect} may still refuse it. */
        IN,
        GONE,
        /** It was never there. */
        REFUSED
    }

    private final String id;
    private final Object parameters;
    private volatile Caller caller; // changes between turns
    private final PackedRequest request; // null for none
    private final LiveConnections all;
    private Set<String> subscriptions = Set.of(); // another from the first one on
    private Stage stage = Stage.NEW;
    private Object state;
    private boolean told; // OnDisconnect was called, or is

    LiveConnection(String id, Object parameters, Caller caller, PackedRequest request, LiveConnections all) {
        this.id = id;
        this.parameters = parameters;
        this.caller = caller;
        this.request = request;
        this.all = all;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<Principal> principal() {
        return caller.principal();
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.isInRole(role);
    }

    @Override
    public Optional<ConnectionRequest> request() {
        return Optional.ofNullable(request);
    }

    @Override
    public Map<String, Object> claims() {
        return caller.claims();
    }

    public Caller caller() {
        return caller;
    }

    void caller(Caller renewed) {
        caller = renewed;
    }

    /** What hooks get: null if the client sent none. */
    Object hookParameter() {
        return parameters instanceof Undefined ? null : parameters;
    }

    /** Not to be changed. */
    Set<String> subscriptions() {
        return subscriptions;
    }

    /** False if it had subscribed before. */
    boolean subscribe(String event) {
        if (subscriptions.isEmpty()) {
            subscriptions = new HashSet<>(4);
        }
        return subscriptions.add(event);
    }

    /** False if it had not subscribed. */
    boolean unsubscribe(String event) {
        return !subscriptions.isEmpty() && subscriptions.remove(event);
    }

    void unsubscribeFromAll() {
        subscriptions = Set.of();
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
    }

    public boolean isGone() {
        return stage == Stage.GONE || stage == Stage.REFUSED;
    }

    /** True for the first who asks: only that one calls {@code OnDisconnect}. */
    boolean isToldFirst() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** Takes the state that a hook has given another one, which was there for the same client. */
    void takeState(LiveConnection other) {
        state = other.state;
    }

    @Override
    public <T> T parameters(Class<T> type) {
        if (parameters instanceof Undefined) {
            return null;
        }
        try {
            Values values = all.author().values();
            @SuppressWarnings("unchecked")
            T bound = (T) values.bind(parameters, type);
            return bound;
        } catch (BindingException e) {
            throw new UserException("invalid_parameters", "Connection parameters: " + e.getMessage());
        }
    }

    @Override
    public <T> T state(Class<T> type) {
        all.turns().require();
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
        all.turns().require();
        state = newState;
    }

    @Override
    public void send(String event, Object... arguments) {
        var turn = all.turns().require();
        if (!isGone()) {
            turn.add(new Output.Event(List.of(id), event, all.author().plainList(arguments)));
        }
    }

    @Override
    public void disconnect(String reason) {
        var turn = all.turns().require();
        if (!isGone()) {
            turn.add(new Output.Closed(id, NORMAL_CLOSURE, reason));
            all.end(this);
        }
    }
}
