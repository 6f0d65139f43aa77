package org.thespis.api;

import java.util.concurrent.CompletionStage;

/**
 * The actors of one type. Any thread; no method blocks, and nobody is asked before the first call of what is returned, {@link
 * #create} and {@link #exists} apart.
 *
 * <p>{@code R} is an {@link ActorReference}, or an interface of the application. Of such an interface each method calls the
 * action that implements it, or the one of its name ({@link Action#value} on the method of the interface gives another). It
 * returns
 *
 * <ul>
 *   <li>a {@code CompletionStage} of the result, as {@link ActorReference#call(java.lang.reflect.Type, String, Object...)}
 *       does, or
 *   <li>the result itself, or {@code void}: then it waits for the end of the action, as {@link ActorReference#blocking()}
 *       does, and is refused inside a turn.
 * </ul>
 *
 * <p>A default method that is no action runs in the caller. Two such objects are equal if they are of one interface and one
 * actor.
 *
 * @param <R> how an actor is called
 */
public interface ActorsOfType<R> {

    /** The actor of that key, which is created by the first call if there is none. */
    default R getOrCreate(String... key) {
        return getOrCreate(ActorKey.of(key), Undefined.UNDEFINED);
    }

    /**
     * The actor of that key, which is created by the first call if there is none.
     *
     * @param input for {@link OnCreate}, if it is created; copied now
     * @throws IllegalArgumentException if the input cannot be written by JSON-B
     */
    R getOrCreate(ActorKey key, Object input);

    /** The actor of that key; calls fail with {@code actor.not_found} while there is none. */
    default R get(String... key) {
        return get(ActorKey.of(key));
    }

    /** See {@link #get(String...)}. */
    R get(ActorKey key);

    /** The actor of that id; calls fail with {@code actor.not_found} if there is none of this type. */
    R byId(String id);

    /**
     * Creates an actor now.
     *
     * @param input for {@link OnCreate}; copied now
     * @return fails with an {@link ActorCallException}, {@code actor.duplicate_key} if the key is taken
     * @throws IllegalArgumentException if the input cannot be written by JSON-B
     */
    CompletionStage<R> create(ActorKey key, Object input);

    /**
     * Whether there is an actor of that key.
     *
     * @return fails with an {@link ActorCallException} if the store is out of reach
     */
    default CompletionStage<Boolean> exists(String... key) {
        return exists(ActorKey.of(key));
    }

    /** See {@link #exists(String...)}. */
    CompletionStage<Boolean> exists(ActorKey key);
}
