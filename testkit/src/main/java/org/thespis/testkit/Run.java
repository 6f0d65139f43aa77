package org.thespis.testkit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.thespis.api.ActorCallException;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.reference.References;
import org.thespis.runtime.turn.Mailbox;

/** The actors from a start to a stop or a crash, as on one server. Any thread. */
final class Run {

    private static final Logger LOG = System.getLogger(Run.class.getName());

    /** How often the timer looks, by the time of the machine. */
    private static final long TICK_MILLIS = 10;

    /** How far the time is moved if something is due that does not get on. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** How long before its plan a sleeping actor is woken, as in a server. */
    private static final long WAKE_LEAD_MILLIS = 1_000;

    private final Threads threads = new Threads();
    private final Clients clients = new Clients();
    private final Duration patience;
    private final VirtualTime time;
    private final TestStore switches;
    private final StoreOfRun store;
    private final ActorSystem system;
    private final LocalRelay relay;
    private final References references;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Run::timerThread);
    private final Object ticking = new Object(); // one looks at a time

    /** What a run is made with. */
    interface Parts {
        ActorSystem system(StoreOfRun store, Threads threads);

        References references(LocalRelay relay, Threads threads);
    }

    Run(Duration patience, VirtualTime time, TestStore switches, Parts parts) {
        this.patience = patience;
        this.time = time;
        this.switches = switches;
        this.store = new StoreOfRun(switches);
        this.system = parts.system(store, threads);
        this.relay = new LocalRelay(system);
        this.references = parts.references(relay, threads);
        relay.connect(clients);
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "testkit-timer");
        thread.setDaemon(true);
        return thread;
    }

    ActorSystem system() {
        return system;
    }

    References references() {
        return references;
    }

    Duration patience() {
        return patience;
    }

    private void tick() {
        synchronized (ticking) {
            system.tick();
            references.tick();
        }
    }

    /** False if something is at work that waits itself. */
    boolean settle() {
        return threads.settle(patience);
    }

    String report() {
        return threads.report();
    }

    // ---- time

    /** Moves the time, from one moment at which something is due to the next. */
    void advance(Duration by) {
        settle();
        long end = time.nanoTime() + by.toNanos();
        tick();
        threads.inLane(patience, () -> step(end));
    }

    private boolean step(long end) {
        if (time.nanoTime() >= end) {
            return false;
        }
        time.moveTo(Math.min(end, next(end)));
        tick();
        return true;
    }

    private long next(long end) {
        long now = time.nanoTime();
        long idle = system.idleNanos();
        long next = idle == Long.MAX_VALUE ? end : now + (idle > 0 ? idle : STEP_NANOS);
        long wake = switches.nextWake(time.now().toEpochMilli(), WAKE_LEAD_MILLIS);
        if (wake <= time.now().plusNanos(end - now).toEpochMilli()) {
            next = Math.min(next, time.nanoTimeOf(wake));
        }
        return Math.max(now + 1, Math.min(next, time.nextDelayed()));
    }

    // ---- clients

    TestConnection connect(TestActor actor, Object parameters) {
        Object plain = Plain.of(parameters);
        String client = "test-" + UUID.randomUUID();
        Wanted wanted = new Wanted(
                actor.type(), actor.key(), Undefined.UNDEFINED, actor.caller(), client, plain, actor.handshake());
        String id = told("the creation of " + actor, actor, (relay, a) -> relay.getOrCreate(wanted)
                .actor()
                .id());
        TestConnection connection = new TestConnection(actor, patience, own -> {
            LocalLink link = new LocalLink(client, id, plain, own, this);
            clients.add(link);
            return link;
        });
        try {
            connection.link().open();
            return connection;
        } catch (RuntimeException | Error e) {
            clients.remove((LocalLink) connection.link());
            if (e instanceof ActorCallException) {
                settle(); // an instance that could not start has left before somebody tries again
            }
            throw e;
        }
    }

    void forget(LocalLink link) {
        clients.remove(link);
    }

    /** Asks the relay something that may block. */
    private <T> T told(String what, TestActor actor, BiFunction<LocalRelay, TestActor, T> question) {
        try {
            return threads.call(patience, what, () -> question.apply(relay, actor));
        } catch (ActorException e) {
            throw Plain.exception(e.error());
        }
    }

    /** Hands a command over; its turn runs in another thread. */
    void ask(String actorId, Command command) {
        threads.call(patience, "handing over " + command, () -> {
            Mailbox.withoutTurns(() -> relay.ask(actorId, command));
            return null;
        });
    }

    Executor threads() {
        return threads;
    }

    // ---- one actor

    private Optional<ActorRecord> find(TestActor actor) {
        return told("looking for " + actor, actor, (relay, a) -> relay.find(a.type(), a.key()));
    }

    boolean isAwake(TestActor actor) {
        settle();
        return find(actor).map(found -> relay.isAtHand(found.id())).orElse(false);
    }

    void sleep(TestActor actor) {
        settle();
        String id = find(actor)
                .orElseThrow(() -> new AssertionError("there is no actor " + actor))
                .id();
        system.fallAsleep(id);
        settle();
        if (relay.isAtHand(id)) {
            throw new AssertionError(actor + " stays awake: it has " + clients.count(id)
                    + " connections of the test; else a call, a subscription, a socket, work of its own or a plan that is near keep"
                    + " it" + report());
        }
    }

    // ---- the end

    /**
     * Ends all in order, with their hooks and their states saved. Work of theirs that does not get on is not waited for: then
     * the time moves.
     */
    void stop() {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> system.stop(patience), Run::inThread);
        try {
            while (!stopped.isDone()) {
                settle();
                moveToNextDelayed();
                Patience.pause();
            }
        } finally {
            end("guard.service_unavailable");
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "testkit-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void moveToNextDelayed() {
        long next = time.nextDelayed();
        if (next != Long.MAX_VALUE) {
            time.moveTo(Math.max(next, time.nanoTime()));
        }
    }

    /** Ends all as they are. */
    void crash() {
        end("the process was killed");
    }

    /** In order if all is at rest and the store fine, else as it is. */
    void stopOrCrash() {
        if (switches.isFine() && isAtRest()) {
            stop();
        } else {
            crash();
        }
    }

    private boolean isAtRest() {
        try {
            return settle();
        } catch (AssertionError e) {
            LOG.log(Level.WARNING, "the actors are given up: {0}", e.getMessage());
            return false;
        }
    }

    private void end(String reason) {
        clients.cut(reason);
        store.cut(patience);
        system.dropAll();
        references.close();
        timer.shutdownNow();
        time.forget();
        threads.end();
    }
}
