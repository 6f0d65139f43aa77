package org.thespis.testkit;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.AssertProvider;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

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

    private final String id;
    private final TestActor actor;
    private final Run run;
    private final Duration patience;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Object>> calls = new HashMap<>(); // guarded by this
    private final List<Event> events = new ArrayList<>(); // guarded by this
    private final Set<String> subscriptions = new LinkedHashSet<>(); // guarded by this
    private ActorError refusal; // of the connection, or of the last subscription; guarded by this
    private long lastCall; // guarded by this
    private boolean overflown; // guarded by this
    private boolean closed; // guarded by this
    private String closeReason; // guarded by this
    private volatile String actorId;
    private CompletableFuture<Void> line =
            CompletableFuture.completedFuture(null); // what was told last; guarded by this

    TestConnection(String id, TestActor actor, Run run) {
        this.id = id;
        this.actor = actor;
        this.run = run;
        this.patience = run.patience();
    }

    String id() {
        return id;
    }

    boolean isOf(String actor) {
        return actor.equals(actorId);
    }

    /** Comes into the actor; returns when it was let in. */
    void open(String found, Object parameters) {
        actorId = found;
        run.ask(found, new Command.Connect(id, parameters, actor.caller()));
        await(opened, "being let in by " + actor);
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
            refusal = null;
        }
        run.ask(actorId, new Command.Subscribe(id, event, true));
        run.settle();
        ActorError refused;
        synchronized (this) {
            refused = refusal;
            if (refused != null) {
                subscriptions.remove(event);
            }
        }
        if (refused != null) {
            throw Plain.exception(refused);
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
        CompletableFuture<Object> answer = start(action, arguments);
        return Plain.bind(await(answer, "the answer to " + action + " of " + actor), result, action);
    }

    /**
     * Calls an action, and waits only until the actor has the call; its turn may come later, or block.
     *
     * @return completes with the result as a plain value, or with an {@link ActorCallException}; {@code get} of it with a bound
     */
    public CompletableFuture<Object> start(String action, Object... arguments) {
        Object[] given = arguments == null ? new Object[] {null} : arguments;
        List<Object> plain = Plain.of(Arrays.asList(given));
        CompletableFuture<Object> answer = new CompletableFuture<>();
        long call;
        synchronized (this) {
            requireOpen();
            call = ++lastCall;
            calls.put(call, answer);
        }
        run.ask(actorId, new Command.Call(id, call, action, plain));
        return answer;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed" + (closeReason == null ? "" : ": " + closeReason));
        }
    }

    private <T> T await(CompletableFuture<T> answer, String what) {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "waited in vain for " + what + " for " + Patience.text(patience)
                            + "; the clock of the test stands still meanwhile" + run.report(),
                    e);
        } catch (ExecutionException e) {
            ActorCallException told = (ActorCallException) e.getCause();
            throw new ActorCallException(told.group(), told.code(), told.getMessage(), told.metadata());
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
        run.settle();
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

    Run run() {
        return run;
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
        if (end(null, Runnable::run)) {
            leave();
            run.settle();
        }
    }

    private void leave() {
        run.forget(this);
        if (actorId != null) {
            run.ask(actorId, new Command.Disconnect(id));
        }
    }

    /** The run of the actors is over. */
    void lost(String reason) {
        end(reason, Runnable::run);
    }

    /**
     * From now on nothing is received.
     *
     * @param tells runs what who waits has hung on his answer
     * @return false if it has ended already
     */
    private boolean end(String reason, Executor tells) {
        List<CompletableFuture<Object>> unanswered;
        ActorError error;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            closeReason = reason;
            error = refusal == null ? ActorError.connectionClosed() : refusal;
            unanswered = List.copyOf(calls.values());
            calls.clear();
            notifyAll();
        }
        tells.execute(() -> {
            opened.completeExceptionally(Plain.exception(error));
            unanswered.forEach(answer -> answer.completeExceptionally(Plain.exception(ActorError.connectionClosed())));
        });
        return true;
    }

    /** In a thread of the core, so it only hands over. */
    void heard(Output.Event event) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (events.size() < MAX_EVENTS) {
                events.add(new Event(event.name(), event.arguments()));
            } else {
                overflown = true;
            }
            notifyAll();
        }
    }

    /** Likewise. */
    void told(Output.ToOne output) {
        if (output instanceof Output.Opened) {
            handOver(() -> opened.complete(null));
        } else if (output instanceof Output.Reply reply) {
            CompletableFuture<Object> answer = answered(reply.requestId());
            if (answer != null) {
                handOver(() -> answer.complete(reply.result()));
            }
        } else if (output instanceof Output.Failed failed) {
            failed(failed);
        } else if (output instanceof Output.Closed closing) {
            closedBy(closing);
        }
    }

    /** Runs something of the test behind what was handed over before, in a thread that nobody of the core needs. */
    private synchronized void handOver(Runnable task) {
        line = line.thenRunAsync(task, run.threads());
    }

    /** Null if nobody waits any more. */
    private synchronized CompletableFuture<Object> answered(long call) {
        return calls.remove(call);
    }

    private void failed(Output.Failed failed) {
        if (failed.requestId() == null) {
            synchronized (this) {
                refusal = failed.error();
            }
            return;
        }
        CompletableFuture<Object> answer = answered(failed.requestId());
        if (answer != null) {
            handOver(() -> answer.completeExceptionally(Plain.exception(failed.error())));
        }
    }

    private void closedBy(Output.Closed closing) {
        if (end(closing.reason(), this::handOver)) {
            handOver(this::leave);
        }
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
