package org.thespis.runtime.reference;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.Relay;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;

/** A reference to one actor. Immutable. */
final class LiveReference implements ActorReference {

    private final Scope scope;
    private final Target target;
    private final Object parameters;

    LiveReference(Scope scope, Target target, Object parameters) {
        this.scope = scope;
        this.target = target;
        this.parameters = parameters;
    }

    @Override
    public String name() {
        return target.name().type();
    }

    @Override
    public CompletionStage<Object> call(Type result, String action, Object... arguments) {
        Objects.requireNonNull(result, "the type of the result");
        Optional<References> running = scope.running();
        if (running.isEmpty()) {
            return StageAnswer.failed(ActorError.unavailable());
        }
        References references = running.get();
        Caller caller = scope.caller();
        StageAnswer<Object> answer =
                new StageAnswer<>(references, caller, plain -> Results.read(scope.values(), action, result, plain));
        try {
            OneCall call =
                    prepare(references, new Sender(caller, Behind.waiting(), parameters), action, answer, arguments);
            if (call != null) {
                call.begin();
            }
        } catch (ActorException e) { // too many wait
            answer.error(e.error());
        }
        return answer.stage();
    }

    /** @return what is to be begun; null if it cannot be, then the answer is told */
    private OneCall prepare(References references, Sender sender, String action, Answer answer, Object... arguments) {
        Objects.requireNonNull(action, "the name of the action");
        List<Object> copied;
        try {
            copied = plain(arguments);
        } catch (Throwable e) { // whatever a getter of the caller's throws: it harms nobody else
            answer.error(Results.unwritable(action, e));
            return null;
        }
        return new OneCall(references, new OneCall.Request(sender, target, action, copied), answer);
    }

    /** One that no actor waits for. */
    private Sender sender() {
        return new Sender(scope.caller(), CallChain.EMPTY, parameters);
    }

    @SuppressWarnings("unchecked")
    private List<Object> plain(Object... arguments) {
        Object[] given = arguments == null ? new Object[] {null} : arguments;
        return (List<Object>) scope.plain(Arrays.asList(given));
    }

    @Override
    public void tell(String action, Object... arguments) {
        References references = scope.references();
        Answer answer = new Answer() {
            @Override
            public void result(Object plain) {
                // nobody waits for it
            }

            @Override
            public void error(ActorError error) {
                references.failedTells().failed(target, action, error);
            }
        };
        OneCall call = prepare(references, sender(), action, answer, arguments);
        if (call != null) {
            call.beginAfterCommit();
        }
    }

    @Override
    public Blocking blocking() {
        return new WaitingCalls(null);
    }

    @Override
    public Blocking blocking(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time to wait must be positive, was " + timeout);
        }
        return new WaitingCalls(timeout);
    }

    /** @param timeout null for the default */
    private Object await(Duration timeout, Type result, String action, Object... arguments) {
        StageAnswer.requireNoTurn();
        References references = scope.references();
        WaitingAnswer answer = new WaitingAnswer();
        OneCall call = prepare(references, sender(), action, answer, arguments);
        try {
            if (call != null) {
                call.begin();
            }
            Object plain = answer.await(timeout == null ? references.settings().callTimeout() : timeout);
            return Results.read(scope.values(), action, result, plain);
        } catch (ActorException e) {
            throw StageAnswer.exception(e.error());
        } finally {
            if (call != null) {
                call.abandon();
            }
        }
    }

    private final class WaitingCalls implements Blocking {

        private final Duration timeout;

        private WaitingCalls(Duration timeout) {
            this.timeout = timeout;
        }

        @Override
        public Object call(Type result, String action, Object... arguments) {
            return await(timeout, result, action, arguments);
        }
    }

    @Override
    public ActorReference withParameters(Object newParameters) {
        return new LiveReference(scope, target, Results.copied(scope, newParameters, "the parameters"));
    }

    @Override
    public CompletionStage<Void> destroy() {
        Optional<References> running = scope.running();
        if (running.isEmpty()) {
            return StageAnswer.failed(ActorError.unavailable());
        }
        Caller caller = scope.caller();
        return running.get()
                .look(caller, this::found, Duration.ZERO, ActorError.storeUnavailable())
                .thenCompose(id -> id.map(found -> running.get().destroy(caller, found))
                        .orElseGet(() -> CompletableFuture.completedStage(null)));
    }

    /** The id of the actor, if there is one. May block. */
    private Optional<String> found(Relay relay) {
        Address.Name name = target.name();
        Optional<ActorRecord> actor = name.id() == null
                ? relay.find(name.type(), name.key())
                : relay.find(name.id()).filter(a -> a.name().equals(name.type()));
        return actor.map(ActorRecord::id);
    }

    @Override
    public Subscription on(String event, Consumer<? super List<Object>> listener) {
        Objects.requireNonNull(listener, "the listener");
        return listen(event, (values, arguments) -> listener.accept(arguments));
    }

    @Override
    public <T> Subscription on(String event, Class<T> payload, Consumer<? super T> listener) {
        Objects.requireNonNull(listener, "the listener");
        return listen(event, (values, arguments) -> {
            Object first = arguments.isEmpty() ? null : arguments.get(0);
            @SuppressWarnings("unchecked")
            T bound = (T) values.bind(first, payload);
            listener.accept(bound);
        });
    }

    private Subscription listen(String event, Listening.Hearing hearing) {
        Objects.requireNonNull(event, "the name of the event");
        Listening listening = new Listening(scope, new Listening.Wish(sender(), target, event), hearing);
        listening.begin();
        return listening;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiveReference reference && target.name().equals(reference.target.name());
    }

    @Override
    public int hashCode() {
        return target.name().hashCode();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
