package org.thespis.api;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What an actor sees of itself in its turn; injected, or a parameter of an action or hook. Use it only inside a turn of
 * that actor; members marked "any thread" may be called at any time.
 */
public interface ActorContext {

    /** The id of this actor, unique over all types. Any thread. */
    String id();

    /** The name of this actor's type. Any thread. */
    String name();

    /** The key of this actor. Any thread. */
    ActorKey key();

    /**
     * The connection on whose behalf this turn runs; a short-lived one in a stateless call.
     *
     * @throws IllegalStateException in a turn without one, such as {@link OnCreate}
     */
    Connection connection();

    /** All connections of this actor, those of running stateless calls included. */
    Connections connections();

    /** Sends an event to all connections that subscribed to it: short for {@code connections().send}. */
    default void broadcast(String event, Object... arguments) {
        connections().send(event, arguments);
    }

    /**
     * Runs tasks as turns of this actor, one after the other, in the order given, never in the thread that brings them. What
     * waits when the actor ends is not run. Any thread.
     *
     * @return an executor that throws {@link java.util.concurrent.RejectedExecutionException} when the actor is gone
     *     or too many turns wait
     */
    Executor executor();

    /**
     * Keeps this actor in memory until some work of its own is done, also if nobody is connected. When the application
     * stops, the work is waited for, a few seconds at most; see {@link #ending}.
     */
    void keepAwake(CompletionStage<?> work);

    /**
     * Has some work of its own waited for before this actor leaves memory. Unlike that of {@link #keepAwake} it does not
     * keep an idle actor from falling asleep: when the actor is about to, {@link #ending} completes, and then the work has
     * {@code sleep-grace-millis} to come to its end, 15 seconds by default. What takes longer is left alone. When the
     * application stops, it is waited for like that of {@code keepAwake}.
     */
    void waitUntil(CompletionStage<?> work);

    /**
     * Completes when this actor is about to leave memory for good or for now, so that its work may come to an end. If it is
     * called meanwhile and stays, who asks later is told of its next end. Any thread.
     */
    CompletionStage<Void> ending();

    /** Calls actions of this actor later. */
    Schedule schedule();

    /**
     * Has the state written with this turn, whatever the {@link Durability}: what the turn answers and sends leaves the
     * server when the state is durable.
     */
    void saveState();

    /**
     * Lets this actor leave memory as soon as it may, rather than after its idle time: when this turn and the calls that are
     * open have ended, what it named with {@link #keepAwake} is over, no plan is near, and nobody is connected; who wants them
     * gone closes the connections. As at any other time {@link OnSleep} is called, and the next message wakes it. What comes
     * before is served, and does not take the wish back; a turn that is taken back does.
     */
    void sleep();

    /**
     * Ends this actor for good with this turn: at its end {@link OnDestroy} is called and the connections are closed, and what
     * the turn answers leaves when its state is removed. Calls that wait are told {@code
     * actor.destroyed_while_waiting_for_ready}, on which clients try again with a new actor of the key; calls whose stage
     * has not completed are told {@code actor.gone}. In {@link OnCreate} it refuses the creation.
     */
    void destroy();
}
