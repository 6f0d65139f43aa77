package org.thespis.runtime.reference;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;
import org.thespis.api.Undefined;
import org.thespis.protocol.contract.TypedCalls;
import org.thespis.runtime.declaration.Contract;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** The actors as one bean has them injected. Ends with that bean. Any thread. */
public final class InjectedActors implements Actors, AutoCloseable {

    private final Scope scope;
    private final Function<Class<?>, Contract> contracts;

    /**
     * @param running empty before the actors have started, and after they have stopped
     * @param outside who calls in a thread in which no turn runs
     * @param contracts reads an interface; throws a {@link DeclarationException}
     */
    public InjectedActors(
            Supplier<Optional<References>> running, Supplier<Caller> outside, Function<Class<?>, Contract> contracts) {
        this.scope = new Scope(running, outside);
        this.contracts = contracts;
    }

    @Override
    public ActorsOfType<ActorReference> type(String name) {
        return new OfType<>(Objects.requireNonNull(name, "the name of the type"), reference -> reference);
    }

    @Override
    public <T> ActorsOfType<T> type(Class<T> type) {
        Contract contract;
        try {
            contract = contracts.apply(type);
        } catch (DeclarationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return new OfType<>(
                contract.definition().name(),
                reference -> type.cast(TypedCalls.proxy(type, contract::operation, reference)));
    }

    @Override
    public ActorReference reference(Object typed) {
        if (typed != null
                && Proxy.isProxyClass(typed.getClass())
                && Proxy.getInvocationHandler(typed) instanceof TypedCalls calls) {
            return calls.reference();
        }
        throw new IllegalArgumentException("that is no reference to an actor: " + typed);
    }

    @Override
    public void close() {
        scope.close();
    }

    private final class OfType<R> implements ActorsOfType<R> {

        private final String type;
        private final Function<LiveReference, R> form;

        private OfType(String type, Function<LiveReference, R> form) {
            this.type = type;
            this.form = form;
        }

        private R reference(Address.Name name, boolean creates, Object input) {
            return form.apply(new LiveReference(scope, new Target(name, creates, input), Undefined.UNDEFINED));
        }

        private Address.Name named(ActorKey key) {
            return new Address.Name(type, Objects.requireNonNull(key, "the key"), null);
        }

        @Override
        public R getOrCreate(ActorKey key, Object input) {
            return reference(named(key), true, copied(input));
        }

        private Object copied(Object input) {
            return Results.copied(scope, input, "the input");
        }

        @Override
        public R get(ActorKey key) {
            return reference(named(key), false, Undefined.UNDEFINED);
        }

        @Override
        public R byId(String id) {
            return reference(
                    new Address.Name(type, null, Objects.requireNonNull(id, "the id")), false, Undefined.UNDEFINED);
        }

        @Override
        public CompletionStage<R> create(ActorKey key, Object input) {
            Address.Name name = named(key);
            Caller caller = scope.caller();
            Wanted wanted = Wanted.of(type, key, copied(input), caller);
            return scope.running()
                    .map(references -> references
                            .look(
                                    caller,
                                    relay -> {
                                        references.requireValid(key);
                                        return relay.create(wanted).id();
                                    },
                                    references.relay().creationLimit(type),
                                    ActorError.outcomeUnknown())
                            .thenApply(id -> reference(name, false, Undefined.UNDEFINED)))
                    .orElseGet(() -> StageAnswer.failed(ActorError.unavailable()));
        }

        @Override
        public CompletionStage<Boolean> exists(ActorKey key) {
            named(key);
            Caller caller = scope.caller();
            return scope.running()
                    .map(references -> references.look(
                            caller,
                            relay -> {
                                if (!require(relay.type(type)).isFor(caller)) {
                                    throw new ActorException(ActorError.refused(caller));
                                }
                                references.requireValid(key);
                                return relay.find(type, key).isPresent();
                            },
                            Duration.ZERO,
                            ActorError.storeUnavailable()))
                    .orElseGet(() -> StageAnswer.failed(ActorError.unavailable()));
        }

        private static ActorType require(Optional<ActorType> type) {
            return type.orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
        }
    }
}
