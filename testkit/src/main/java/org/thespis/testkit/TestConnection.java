package org.thespis.testkit;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.assertj.core.api.AssertProvider;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;

/**
 * A client that is connected to an actor, with all that it received. AssertJ's {@code assertThat(connection)} gives its
 * assertions. What it calls is answered as a client would be: with a copy of the result, or an {@link ActorCallException}.
 * Used by the test, not in a turn; any thread.
 */
public final class TestConnection
        implements ActorReference.Blocking, AssertProvider<TestConnectionAssert>, AutoCloseable {

    /** What a connection of a test may receive; a test that sends more counts it in its actors. */
    private static final int MAX_EVENTS = 100_000;

    record Event(String name, List<Object> arguments) {

        @Override
        public String toString() {
            return name + arguments;
        }
    }

    private final TestActor actor;
    private final Duration patience;
    private final Link link;
    private final List<Event> events = new ArrayList<>(); // guarded by this
    private final Set<String> subscriptions = new LinkedHashSet<>(); // guarded by this
    private boolean overflown; // guarded by this
    private boolean closed; // guarded by this
    private String closeReason; // guarded by this

    TestConnection(TestActor actor, Duration patience, Function<TestConnection, Link> link) {
        this.actor = actor;
        this.patience = patience;
        this.link = link.apply(this);
    }

    TestActor actor() {
        return actor;
    }

    Link link() {
        return link;
    }

    /**
     * Subscribes to an event, and returns when the actor knows it, unless its turn blocks.
     *
     * @throws ActorCallException if the actor refuses it
     */
    public TestConnection on(String event) {
        synchronized (this) {
            requireOpen();
            subscriptions.add(event);
        }
        try {
            link.subscribe(event);
        } catch (ActorCallException e) {
            synchronized (this) {
                subscriptions.remove(event);
            }
            throw e;
        }
        return this;
    }

    /**
     * Calls an action, and waits for its result.
     *
     * @return what the action returned, as that type
     * @throws ActorCallException why the call failed, as a client is told
     * @throws AssertionError if there is no answer within the patience of the kit, by the time of the machine
     */
    @Override
    public Object call(Type result, String action, Object... arguments) {
        return await(begin(result, action, arguments), "the answer to " + action + " of " + actor);
    }

    /**
     * Calls an action, and waits only until the actor has the call; its turn may come later, or block.
     *
     * @return completes with the result as a plain value, or with an {@link ActorCallException}; {@code get} of it with a bound
     */
    public CompletableFuture<Object> start(String action, Object... arguments) {
        return begin(Object.class, action, arguments);
    }

    private CompletableFuture<Object> begin(Type result, String action, Object... arguments) {
        requireOpen();
        return link.call(result, action, arguments == null ? new Object[] {null} : arguments);
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed" + (closeReason == null ? "" : ": " + closeReason));
        }
    }

    /** @throws ActorCallException one of this thread, with what was said */
    <T> T await(CompletableFuture<T> answer, String what) {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "waited in vain for " + what + " for " + Patience.text(patience) + link.report(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ActorCallException told) {
                ActorCallException here =
                        new ActorCallException(told.group(), told.code(), told.getMessage(), told.metadata());
                here.initCause(told.getCause());
                throw here;
            }
            throw new IllegalStateException(what, e.getCause());
        } catch (InterruptedException e) {
            throw Patience.interrupted(e);
        }
    }

    /**
     * The first arguments of all events of a name that have arrived, in their order, when the actors have come to rest.
     *
     * @throws IllegalStateException if it never subscribed to that, and none was sent to it alone
     */
    @SuppressWarnings("unchecked")
    public <T> List<T> events(Class<T> payload, String event) {
        link.settle();
        return received(event).stream()
                .map(arguments -> arguments.isEmpty() ? null : arguments.get(0))
                .map(argument -> (T) Plain.bind(argument, payload, event))
                .toList();
    }

    /** The arguments of each event of a name that has arrived. */
    synchronized List<List<Object>> received(String event) {
        if (overflown) {
            throw new IllegalStateException(this + " received more than " + MAX_EVENTS + " events");
        }
        List<List<Object>> all = events.stream()
                .filter(e -> e.name.equals(event))
                .map(Event::arguments)
                .toList();
        if (all.isEmpty() && !subscriptions.contains(event)) {
            throw new IllegalStateException(this + " has not subscribed to " + event + ": call on(\"" + event + "\")");
        }
        return all;
    }

    /** All that was received, for people. */
    synchronized String told() {
        return events.isEmpty() ? "nothing" : events.toString();
    }

    boolean await(BooleanSupplier condition) {
        return Patience.await(this, patience, condition);
    }

    Duration patience() {
        return patience;
    }

    /** Whether neither side has closed it. */
    public synchronized boolean isOpen() {
        return !closed;
    }

    /** Why it was closed: {@code group.code}, or what the actor said; empty if it is open, or was closed without a word. */
    public synchronized Optional<String> closeReason() {
        return Optional.ofNullable(closeReason);
    }

    /** Leaves, and returns when the actor knows it, unless its turn blocks. Further calls do nothing. */
    @Override
    public void close() {
        if (end(null)) {
            link.leave();
            link.settle();
        }
    }

    /** From now on nothing is received; false if it has ended already. */
    synchronized boolean end(String reason) {
        if (closed) {
            return false;
        }
        closed = true;
        closeReason = reason;
        notifyAll();
        return true;
    }

    /** In a thread that must not be held up. */
    synchronized void heard(String event, List<Object> arguments) {
        if (closed) {
            return;
        }
        if (events.size() < MAX_EVENTS) {
            events.add(new Event(event, arguments));
        } else {
            overflown = true;
        }
        notifyAll();
    }

    @Override
    public TestConnectionAssert assertThat() {
        return new TestConnectionAssert(this);
    }

    @Override
    public String toString() {
        return "connection to " + actor;
    }
}
