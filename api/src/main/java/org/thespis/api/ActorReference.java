package org.thespis.api;

import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * An actor as beans inside the server call it. Any thread; no method blocks, those of {@link #blocking()} apart. What is asked
 * of one actor through references by one thread comes to it in that order.
 *
 * <p>What is asked inside a turn leaves at its end, when its state is durable; if that is lost or taken back, nothing is asked,
 * and the stage fails.
 *
 * <p>All failures of calls are {@link ActorCallException}s, in the stage. Stages complete on threads of the server that may
 * be blocked for a while, never in a turn: inside an actor go on with {@code stage.thenApplyAsync(..., actor.executor())}.
 * Waiting for such a stage inside a turn is refused with an {@link IllegalStateException}.
 *
 * <p>A call whose action takes longer than its time limit fails with {@code actor.action_timed_out}; the action runs on. A call
 * that was not run, as its actor was just restarted or destroyed, is tried again a few times. A chain of calls that
 * comes back to an actor which waits for it fails at once with {@code actor.call_cycle}.
 */
public interface ActorReference {

    /** The name of the actor's type. */
    String name();

    /**
     * Calls an action.
     *
     * @param arguments values that JSON-B can write; copied now
     * @return the result as a plain value: null, a boolean, number, text, {@code byte[]}, {@code Instant}, a list or a map of
     *     such; nobody else has it
     */
    default CompletionStage<Object> call(String action, Object... arguments) {
        return call((Type) Object.class, action, arguments);
    }

    /** Calls an action. The result is bound by JSON-B; {@code actor.invalid_result} if it does not fit. */
    @SuppressWarnings("unchecked")
    default <T> CompletionStage<T> call(Class<T> result, String action, Object... arguments) {
        return (CompletionStage<T>) call((Type) result, action, arguments);
    }

    /** Calls an action. The result is bound by JSON-B; {@code actor.invalid_result} if it does not fit. */
    @SuppressWarnings("unchecked")
    default <T> CompletionStage<T> call(TypeLiteral<T> result, String action, Object... arguments) {
        return (CompletionStage<T>) call(result.getType(), action, arguments);
    }

    /** Calls an action. The result is bound by JSON-B; {@code actor.invalid_result} if it does not fit. */
    CompletionStage<Object> call(Type result, String action, Object... arguments);

    /**
     * Calls an action, and does not wait for its end: nobody learns its result, and a failure is only logged. Such calls do
     * not count in a chain of calls.
     *
     * <p>Outside of turns, in a JTA transaction, it leaves when that has committed, and never if it is rolled back.
     *
     * @throws ActorCallException {@code guard.service_unavailable} if no actors run now
     * @throws IllegalStateException if more waits for that transaction than the setting {@code max-tells-per-transaction} says,
     *     1,000 by default, or it is just ending
     */
    void tell(String action, Object... arguments);

    /** The calls that wait for their result, for the time of the setting {@code call-timeout-millis}, 30 seconds by default. */
    Blocking blocking();

    /** The calls that wait for their result, at most that long. */
    Blocking blocking(Duration timeout);

    /**
     * This actor, called with connection parameters: what its hooks see as those of a client.
     *
     * @param parameters as JSON-B can write them; copied now
     * @throws IllegalArgumentException if JSON-B cannot write them
     */
    ActorReference withParameters(Object parameters);

    /**
     * Ends the actor for good, if there is one; completes when its key is free.
     *
     * @return fails with an {@link ActorCallException} if the store is out of reach
     */
    CompletionStage<Void> destroy();

    /**
     * Listens to an event, over a connection of its own: it keeps the actor awake, and its hooks see it.
     *
     * @param listener called with the arguments of one event after the other, on threads of the server, never in a turn; it
     *     may block, but when more events wait for it than the setting {@code max-waiting-events} says, 1,000 by default, the
     *     subscription ends with {@code connection.too_slow}. What it throws is logged. It has each list for itself
     * @throws ActorCallException {@code guard.service_unavailable} if no actors run now
     */
    Subscription on(String event, Consumer<? super List<Object>> listener);

    /**
     * The same with the first argument of each event, bound by JSON-B; one that does not fit is logged, and the listener not
     * called.
     */
    <T> Subscription on(String event, Class<T> payload, Consumer<? super T> listener);

    /** Calls that wait for their result. Refused with an {@link IllegalStateException} inside a turn of any actor. */
    interface Blocking {

        /**
         * Calls an action.
         *
         * @return see {@link ActorReference#call(String, Object...)}
         * @throws ActorCallException {@code actor.call_timed_out} if the time is over, then the action runs on; or why the
         *     call failed
         */
        default Object call(String action, Object... arguments) {
            return call((Type) Object.class, action, arguments);
        }

        /** See {@link #call(String, Object...)} and {@link ActorReference#call(Class, String, Object...)}. */
        @SuppressWarnings("unchecked")
        default <T> T call(Class<T> result, String action, Object... arguments) {
            return (T) call((Type) result, action, arguments);
        }

        /** See {@link #call(String, Object...)} and {@link ActorReference#call(TypeLiteral, String, Object...)}. */
        @SuppressWarnings("unchecked")
        default <T> T call(TypeLiteral<T> result, String action, Object... arguments) {
            return (T) call(result.getType(), action, arguments);
        }

        /** See {@link #call(String, Object...)} and {@link ActorReference#call(Type, String, Object...)}. */
        Object call(Type result, String action, Object... arguments);
    }
}
