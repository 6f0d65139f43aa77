package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thespis.api.ActorKey;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.settings.ReferenceSettings;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Turn;

/** All calls and subscriptions that come from inside the server, of one node. Any thread. */
public final class References implements EventSink {

    private static final Logger LOG = System.getLogger(References.class.getName());

    /** Threads of use for what looks for actors. */
    public static final int MAX_LOOKUPS = 16;

    /** Addresses that are remembered; when there are more, those that nobody uses now are found anew. */
    private static final int MAX_ADDRESSES = 10_000;

    /** As good as for ever; more than 292 years have no nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Relay relay;
    private final Executor lookups;
    private final Dispatcher callbacks;
    private final AfterCommit afterCommit;
    private final ReferenceSettings settings;
    private final Values values = Values.create();
    private final FailedTells failedTells = new FailedTells();
    private final Map<String, InsideClient> clients = new ConcurrentHashMap<>();
    private final Map<Address.Name, Address> addresses = new ConcurrentHashMap<>();
    private final String node = UUID.randomUUID() + "-";
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Runnable, Long> later = new ConcurrentHashMap<>(); // of each client once at the most
    private volatile boolean closed;

    /**
     * @param lookups runs what waits for the store and for creations; {@link #MAX_LOOKUPS} threads are of use
     * @param callbacks runs what authors do with answers and events, and may be kept busy by that
     * @param afterCommit the transactions that what is told outside of turns waits for
     */
    public References(
            Relay relay, Executor lookups, Executor callbacks, AfterCommit afterCommit, ReferenceSettings settings) {
        this.relay = relay;
        this.lookups = lookups;
        this.callbacks = new Dispatcher(task -> execute(callbacks, task));
        this.afterCommit = afterCommit;
        this.settings = settings;
        relay.connectInside(this);
    }

    /** When all is closed nobody tries again what the threads for it do not take any more, and somebody may wait for it. */
    private void execute(Executor threads, Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            if (!closed) {
                throw e;
            }
            ForkJoinPool.commonPool().execute(task);
        }
    }

    ReferenceSettings settings() {
        return settings;
    }

    Relay relay() {
        return relay;
    }

    /** For what waits for the store. */
    Executor lookups() {
        return lookups;
    }

    Values values() {
        return values;
    }

    /** For what authors do with answers and events. */
    Executor callbacks() {
        return callbacks;
    }

    FailedTells failedTells() {
        return failedTells;
    }

    /** The place where what is asked of an actor is put in order. */
    Address address(Address.Name name) {
        Address known = addresses.get(name);
        if (known != null) {
            return known;
        }
        if (addresses.size() >= MAX_ADDRESSES) {
            addresses.values().removeIf(Address::isIdle);
        }
        return addresses.computeIfAbsent(name, n -> new Address(n, this, settings.maxWaitingCalls()));
    }

    /**
     * Refuses keys that are too long, and those that have no UTF-8.
     *
     * @throws ActorException {@code actor.key_too_long} or {@code actor.invalid_key}
     */
    void requireValid(ActorKey key) {
        String text = key.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ActorException(ActorError.invalidKey());
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > settings.maxKeyBytes()) {
            throw new ActorException(ActorError.keyTooLong(settings.maxKeyBytes()));
        }
    }

    /** A new id for a client. */
    String nextId() {
        return InsideIds.of(node + Long.toString(lastId.incrementAndGet(), Character.MAX_RADIX));
    }

    /** False if no more may be open; else {@link #closed} follows. */
    boolean opens() {
        if (closed) {
            return false;
        }
        if (open.incrementAndGet() > settings.maxOpenCalls()) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Why nothing could be opened. */
    ActorError refusal() {
        return closed ? ActorError.unavailable() : ActorError.tooManyCalls(settings.maxOpenCalls());
    }

    boolean isClosed() {
        return closed;
    }

    /** Calls and subscriptions that are open. */
    public int open() {
        return open.get();
    }

    void add(String id, InsideClient client) {
        clients.put(id, client);
        if (closed) {
            client.over(ActorError.unavailable());
        }
    }

    boolean remove(String id, InsideClient client) {
        return clients.remove(id, client);
    }

    /**
     * Asks something of others as soon as it may leave: inside a turn with its output, else at once.
     *
     * @param leaves asks it; only hands something over
     * @param lost told why it is not asked, as the turn is taken back or its state lost
     */
    void ask(Runnable leaves, Consumer<ActorError> lost) {
        Turn turn = Turn.current();
        if (turn == null) {
            leaves.run();
            return;
        }
        String id = nextId();
        add(id, new Held(this, id, leaves, lost));
        turn.add(new Output.Asked(id));
    }

    /**
     * The same for what nobody waits for: outside of turns it leaves when the transaction of this thread has committed, if it is
     * in one.
     *
     * @throws IllegalStateException if that transaction takes nothing more; then nothing is asked
     */
    void tell(Runnable leaves, Consumer<ActorError> lost, Runnable rolledBack) {
        boolean waits = Turn.current() == null
                && afterCommit.defer(new AfterCommit.Waiting() {
                    @Override
                    public void committed() {
                        leaves.run();
                    }

                    @Override
                    public void rolledBack() {
                        rolledBack.run();
                    }
                });
        if (!waits) {
            ask(leaves, lost);
        }
    }

    /** Something that was open is so no more. */
    void closed(String id, InsideClient client) {
        remove(id, client);
        open.decrementAndGet();
    }

    /** Runs something with {@link #tick}, when that time of the nano clock has come. */
    void later(long nanoTime, Runnable task) {
        later.put(task, nanoTime);
        if (closed && later.remove(task) != null) {
            task.run(); // nobody ticks any more
        }
    }

    /** When who calls now and waits for the store gives up, on the nano clock; and so much later. */
    long callEnd(Duration more) {
        Duration time = settings.callTimeout().plus(more);
        return System.nanoTime() + (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
    }

    /** What was to run {@link #later} is not needed any more. */
    void notLater(Runnable task) {
        later.remove(task);
    }

    /**
     * Something of a relay that may block, on a thread for that.
     *
     * @param tooLate told if there is no answer within the time of a call, and more
     */
    @SuppressWarnings("unchecked")
    <T> CompletionStage<T> look(Caller caller, Function<Relay, T> question, Duration more, ActorError tooLate) {
        StageAnswer<T> answer = new StageAnswer<>(this, caller, found -> ((Found<T>) found).value);
        if (opens()) {
            LimitedAnswer limited = new LimitedAnswer(this, answer, tooLate);
            ask(() -> look(question, more, limited), limited::error);
        } else {
            answer.error(refusal());
        }
        return answer.stage();
    }

    /** What was open without a client is so no more. */
    void closed() {
        open.decrementAndGet();
    }

    private <T> void look(Function<Relay, T> question, Duration more, LimitedAnswer answer) {
        answer.limit(more);
        try {
            lookups.execute(() -> lookNow(question, answer));
        } catch (RuntimeException | Error e) { // all are busy, or none can be started
            LOG.log(Level.DEBUG, "nobody can look for an actor", e);
            answer.error(ActorError.unavailable());
        }
    }

    /** Ends an actor for good; completes when its key is free. */
    CompletionStage<Void> destroy(Caller caller, String actorId) {
        StageAnswer<Void> answer = new StageAnswer<>(this, caller, nothing -> null);
        if (!opens()) {
            answer.error(refusal());
            return answer.stage();
        }
        String id = nextId();
        Destroying destroying = new Destroying(this, id, answer);
        add(id, destroying);
        try {
            relay.destroy(actorId).whenComplete((nothing, thrown) -> destroying.done(thrown));
        } catch (RuntimeException | Error e) { // not by a relay that does as it says
            destroying.done(e);
        }
        return answer.stage();
    }

    private record Found<T>(T value) {}

    private <T> void lookNow(Function<Relay, T> question, Answer answer) {
        try {
            answer.result(new Found<>(question.apply(relay)));
        } catch (ActorException e) {
            answer.error(e.error());
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "looking for an actor failed", e);
            answer.error(ActorError.internal());
        }
    }

    /** Plain values as an actor may have them: it may change them, and another try needs them as they are. */
    @SuppressWarnings("unchecked")
    List<Object> copyForActor(List<Object> arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Map || argument instanceof List || argument instanceof byte[]) {
                return (List<Object>) values.plain(arguments);
            }
        }
        return arguments;
    }

    @Override
    public void deliver(Output output) {
        try {
            hand(output);
        } catch (RuntimeException e) { // one must not keep the others from theirs
            Throwables.log(LOG, Level.ERROR, "delivering inside the server failed", e);
        }
    }

    private void hand(Output output) {
        if (output instanceof Output.ToOne answer) {
            InsideClient client = clients.get(answer.clientId());
            if (client != null) {
                client.told(answer);
            }
            return;
        }
        Output.Event event = (Output.Event) output;
        for (String id : event.receivers()) {
            InsideClient client = clients.get(id);
            if (client != null) {
                client.heard(event);
            }
        }
    }

    /** To be called often, some forty times a second, by one timer; nothing of an author's runs here. */
    public void tick() {
        long now = System.nanoTime();
        callbacks.tryAgain();
        failedTells.tick(now);
        later.forEach((task, time) -> {
            if (now - time >= 0 && later.remove(task, time)) {
                task.run();
            }
        });
    }

    /** Ends all: who waits is told that the actors are stopping. Further calls are told so, too. */
    public void close() {
        closed = true;
        List.copyOf(clients.values()).forEach(client -> client.over(ActorError.unavailable()));
        List.copyOf(later.keySet()).forEach(Runnable::run); // who would come back later is told now
        callbacks.tryAgain(); // for the last time
    }
}
