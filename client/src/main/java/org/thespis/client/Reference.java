package org.thespis.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.Subscription;
import org.thespis.protocol.UnencodableException;

/** A reference to one actor. Immutable. */
final class Reference implements RemoteActor {

    private final LiveClient client;
    private final Target target;
    private final Supplier<?> parameters;

    Reference(LiveClient client, Target target, Supplier<?> parameters) {
        this.client = client;
        this.target = target;
        this.parameters = parameters;
    }

    @Override
    public String name() {
        return target.type();
    }

    @Override
    public CompletionStage<Object> call(Type result, String action, Object... arguments) {
        Objects.requireNonNull(result, "the type of the result");
        Objects.requireNonNull(action, "the name of the action");
        try {
            return client.ask(
                    question(action, body(action, arguments)),
                    plain -> Results.read(client.values(), action, result, plain));
        } catch (ActorCallException e) { // the arguments have no form
            return CompletableFuture.failedStage(e);
        }
    }

    private byte[] body(String action, Object... arguments) {
        try {
            return client.codec().encodeArguments(Results.arguments(client.values(), action, arguments));
        } catch (UnencodableException e) {
            throw Results.unwritable(action, e);
        }
    }

    private Exchange.Question<Object> question(String action, byte[] body) {
        String key = client.callsCountOnce() ? UUID.randomUUID().toString() : null;
        return new Exchange.Question<>(
                parameters, target.creates(), key != null, (supplied, left) -> addressed(supplied, left)
                        .thenCompose(known -> client.http().call(known, action, body, key, supplied, left)));
    }

    private CompletableFuture<Target> addressed(Supplied supplied, Duration left) {
        try {
            target.checked();
        } catch (ActorCallException e) {
            return CompletableFuture.failedFuture(e);
        }
        return target.hasAddress()
                ? CompletableFuture.completedFuture(target)
                : client.http().resolve(target, supplied, left).thenApply(id -> Target.byId(target.type(), id));
    }

    @Override
    public void tell(String action, Object... arguments) {
        client.tell(this, target, action, arguments);
    }

    @Override
    public Blocking blocking() {
        return blocking(client.times().blocking());
    }

    @Override
    public Blocking blocking(Duration timeout) {
        return new WaitingCalls(
                client.values(),
                null,
                (action, answer, arguments) ->
                        new Exchange<>(client, question(action, body(action, arguments)), answer).begin(),
                timeout);
    }

    @Override
    public RemoteActor withParameters(Object newParameters) {
        return new Reference(client, target, client.constant(newParameters));
    }

    @Override
    public RemoteActor withParameters(Supplier<?> newParameters) {
        return new Reference(client, target, Objects.requireNonNull(newParameters, "the supplier"));
    }

    @Override
    public ActorConnection connect() {
        LiveConnection connection = new LiveConnection(client, target, parameters);
        connection.begin();
        return connection;
    }

    @Override
    public CompletionStage<String> id() {
        return client.ask(
                new Exchange.Question<>(parameters, target.creates(), true, (supplied, left) -> client.http()
                        .resolve(target.checked(), supplied, left)),
                Function.identity());
    }

    @Override
    public CompletionStage<Void> destroy() {
        return client.ask(
                new Exchange.Question<>(parameters, false, true, (supplied, left) -> client.http()
                        .find(target.checked(), supplied, left)
                        .thenCompose(id -> id.isEmpty()
                                ? CompletableFuture.completedFuture(null)
                                : client.http().destroy(id, supplied, left))),
                nothing -> (Void) nothing);
    }

    @Override
    public Subscription on(String event, Consumer<? super List<Object>> listener) {
        return alone(connection -> connection.on(event, listener));
    }

    @Override
    public <T> Subscription on(String event, Class<T> payload, Consumer<? super T> listener) {
        return alone(connection -> connection.on(event, payload, listener));
    }

    /** A subscription with a connection of its own, which it ends with. */
    private Subscription alone(Function<ActorConnection, Subscription> subscribing) {
        ActorConnection connection = connect();
        Subscription subscription = subscribing.apply(connection);
        subscription.ended().whenComplete((ended, failure) -> connection.close());
        return subscription;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference reference && client == reference.client && target.equals(reference.target);
    }

    @Override
    public int hashCode() {
        return target.hashCode();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
