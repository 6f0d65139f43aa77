package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;

/** All actors of one node: finds, creates and ends them, and hands them commands. Any thread. */
public final class ActorSystem {

    private static final int REFUSED = 1011; // RFC 6455, section 7.4.1

    /** How often states of {@code PERIODIC} durability are written. */
    private static final Duration SAVE_PERIOD = Duration.ofSeconds(1);

    private static final int WAKE_LOCKS = 256;

    /** Actors that are woken at a time for what they have planned. */
    private static final int MAX_WOKEN = 200;

    private static final Logger LOG = System.getLogger(ActorSystem.class.getName());

    private final Map<String, ActorContainer> containers = new HashMap<>();
    private final Map<String, ActorInstance> live = new ConcurrentHashMap<>();
    private final Object[] wakeLocks = new Object[WAKE_LOCKS];
    private final StateStore store;
    private final Services services;
    private volatile EventSink sink = output -> {};
    private volatile boolean stopping;
    private final AtomicBoolean waking = new AtomicBoolean();
    private long lastSave = System.nanoTime();

    /**
     * @param executor runs turns that could not run at once
     * @param commits runs what writes states, one task at a time: apart, as actions may keep all threads of the other busy
     * @throws DeclarationException if two types have one name
     */
    public ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            StateStore store,
            Executor executor,
            Executor commits,
            ActorSettings settings) {
        this(definitions, beans, store, executor, commits, settings, Clock.systemUTC());
    }

    /** With a clock for what actors plan. */
    ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            StateStore store,
            Executor executor,
            Executor commits,
            ActorSettings settings,
            Clock clock) {
        this.store = store;
        EventSink gateway = new Gateway();
        this.services = new Services(
                beans,
                Values.create(),
                executor,
                settings,
                store,
                new CommitQueue(store, commits, settings.commitTimeout()),
                gateway,
                System::nanoTime,
                clock);
        Arrays.setAll(wakeLocks, i -> new Object());
        ActorDefinition.requireDistinctNames(definitions);
        for (ActorDefinition definition : definitions) {
            containers.put(definition.name(), new ActorContainer(definition, services, live));
        }
    }

    /** The sink that is connected later. */
    private final class Gateway implements EventSink {

        @Override
        public void deliver(Output output) {
            sink.deliver(output);
        }

        @Override
        public Runnable prepare(List<Output> outputs) {
            return sink.prepare(outputs);
        }
    }

    void connect(EventSink newSink) {
        sink = newSink;
    }

    /** The container of that actor type. */
    public Optional<ActorContainer> container(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    /** The names of all actor types. */
    public Collection<String> names() {
        return List.copyOf(containers.keySet());
    }

    private ActorContainer require(String name) {
        return container(name).orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
    }

    Relay.Resolution getOrCreate(String name, ActorKey key, Object input) {
        ActorContainer container = require(name);
        Optional<ActorRecord> found = find(name, key);
        if (found.isPresent()) {
            return new Relay.Resolution(found.get(), false);
        }
        Creation creation = tryCreate(container, key, input);
        return new Relay.Resolution(creation.actor(), creation.created());
    }

    ActorRecord create(String name, ActorKey key, Object input) {
        ActorContainer container = require(name);
        find(name, key).ifPresent(existing -> refuseDuplicate(existing, key));
        Creation creation = tryCreate(container, key, input);
        if (!creation.created()) {
            refuseDuplicate(creation.actor(), key);
        }
        return creation.actor();
    }

    private static void refuseDuplicate(ActorRecord existing, ActorKey key) {
        throw new ActorException(ActorError.duplicateKey(existing.id(), key.toString()));
    }

    /** The actor is made first and then entered in the store; who loses the race for the key throws its own away. */
    private Creation tryCreate(ActorContainer container, ActorKey key, Object input) {
        ActorRecord wanted =
                new ActorRecord(ActorIds.next(), container.definition().name(), key, Instant.now());
        ActorInstance instance = container.unborn(wanted);
        LifeCycle.First first = instance.lifeCycle().create(input);
        container.add(instance); // before others learn of it
        try {
            Creation creation = store.create(wanted, first.document(), first.wakeAt());
            if (creation.created()) {
                instance.lifeCycle().born(first.document());
            } else {
                container.discard(instance);
            }
            return creation;
        } catch (StoreException e) {
            container.discard(instance);
            throw outOfReach(e);
        }
    }

    private static ActorException outOfReach(StoreException e) {
        LOG.log(Level.ERROR, "the state store is out of reach", e);
        return new ActorException(ActorError.storeUnavailable());
    }

    private static <T> T reached(Supplier<T> access) {
        try {
            return access.get();
        } catch (StoreException e) {
            throw outOfReach(e);
        }
    }

    Optional<ActorRecord> find(String name, ActorKey key) {
        return reached(() -> store.find(name, key));
    }

    Optional<ActorRecord> find(String actorId) {
        return reached(() -> store.find(actorId));
    }

    List<ActorRecord> list(String name, int limit) {
        return reached(() -> store.list(name, limit));
    }

    CompletionStage<Void> destroy(String actorId) {
        while (true) {
            ActorInstance instance = awake(actorId);
            CompletionStage<Void> done = instance == null
                    ? CompletableFuture.completedStage(null)
                    : instance.lifeCycle().destroy();
            if (done != null) {
                return done;
            }
        }
    }

    void deliver(String actorId, Command command) {
        if (stopping) {
            refuse(command, ActorError.unavailable());
            return;
        }
        try {
            ActorInstance instance;
            do {
                instance = awake(actorId);
            } while (instance != null && !instance.deliver(command));
            if (instance == null) {
                refuse(command, ActorError.actorNotFound());
            }
        } catch (ActorException e) {
            refuse(command, e.error());
        }
    }

    /** The live instance of an actor, or null. */
    ActorInstance instance(String actorId) {
        return live.get(actorId);
    }

    /** The live instance of an actor, woken if need be; null if there is no such actor. */
    private ActorInstance awake(String actorId) {
        ActorInstance instance = instance(actorId);
        return instance != null ? instance : reached(() -> wake(actorId));
    }

    private ActorInstance wake(String actorId) {
        ActorInstance fresh;
        StoredActor stored;
        synchronized (wakeLocks[Math.floorMod(actorId.hashCode(), wakeLocks.length)]) { // one loads, the others wait
            ActorInstance woken = instance(actorId);
            if (woken != null) {
                return woken;
            }
            stored = store.load(actorId).orElse(null);
            if (stored == null) {
                return null;
            }
            fresh = require(stored.actor().name()).asleep(stored.actor());
        }
        fresh.lifeCycle().wake(stored);
        return fresh;
    }

    /**
     * Takes no more commands, lets the turns that run or wait come to their end, and answers the calls that would complete
     * later. Returns when all is done or the grace is over. Further calls do nothing.
     */
    public void stop(Duration grace) {
        if (stopping) {
            return;
        }
        stopping = true;
        CompletableFuture<?>[] ends = live.values().stream()
                .map(instance -> instance.lifeCycle().stop(grace.dividedBy(2)))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "not all actors came to their end within " + grace, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(Command command, ActorError error) {
        if (command instanceof Command.Call call) {
            sink.deliver(new Output.Failed(call.clientId(), call.requestId(), error, null));
        } else if (command instanceof Command.CallOnce || command instanceof Command.Request) {
            sink.deliver(new Output.Failed(command.clientId(), 0L, error, null));
        } else if (command instanceof Command.Connect || command instanceof Command.OpenSocket) {
            sink.deliver(new Output.Closed(command.clientId(), REFUSED, error.reason()));
        }
    }

    /**
     * Tells callers whose time is over, saves what is saved now and then, lets idle actors sleep. To be called a few times a
     * second by one timer.
     */
    public void tick() {
        long now = services.nanoTime().getAsLong();
        boolean save = now - lastSave >= SAVE_PERIOD.toNanos();
        if (save) {
            lastSave = now;
        }
        live.values().forEach(instance -> instance.tick(now, save));
        if (save) {
            wakeDue();
        }
    }

    /** Wakes the actors that have planned something for now. */
    private void wakeDue() {
        if (stopping || !waking.compareAndSet(false, true)) {
            return;
        }
        try {
            services.executor().execute(() -> {
                try {
                    store.due(services.clock().millis(), MAX_WOKEN).forEach(this::wakeOrLog);
                } catch (StoreException e) {
                    LOG.log(Level.WARNING, "the store is out of reach, nobody is woken", e);
                } finally {
                    waking.set(false);
                }
            });
        } catch (RuntimeException e) { // all threads are busy, or this one may start none; soon again
            waking.set(false);
        }
    }

    private void wakeOrLog(String actorId) {
        try {
            awake(actorId);
        } catch (ActorException e) {
            LOG.log(Level.ERROR, "actor " + actorId + " could not be woken for what it has planned", e);
        }
    }
}
