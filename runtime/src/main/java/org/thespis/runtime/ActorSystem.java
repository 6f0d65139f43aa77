package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.instance.Birth;
import org.thespis.runtime.instance.Births;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.OriginNames;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Time;

/** All actors of one node: finds, creates and ends them, and hands them commands. Any thread. */
public final class ActorSystem {

    /** How often states of {@code PERIODIC} durability are written. */
    private static final Duration SAVE_PERIOD = Duration.ofSeconds(1);

    /** How often a command meets instances that are just leaving memory, each of them for a moment. */
    private static final int MAX_DELIVERY_TRIES = 10_000;

    /** How often an actor that ends otherwise meanwhile is tried to be destroyed. */
    private static final int MAX_DESTROY_TRIES = 10;

    private static final Logger LOG = System.getLogger(ActorSystem.class.getName());

    private final Map<String, ActorContainer> containers = new HashMap<>();
    private final Keeping keeping;
    private final Services services;
    private final Births births = new Births();
    private final Waking waking;
    private final UnknownTypes unknownTypes = new UnknownTypes();
    private final Map<Executor, Dispatcher> ofTypes = new HashMap<>(); // those of single types
    private final Sinks sinks = new Sinks();
    private final Shutdown shutdown;
    private final Residence residence;
    private volatile Set<OriginNames> origins;
    private volatile long lastSave; // written by the timer

    /**
     * @param executor runs turns that could not run at once
     * @param commits runs what writes states: apart, as actions may keep all threads of the other busy; {@link
     *     CommitQueue#MAX_HELD_UP} threads and one more are of use
     * @param reads runs what reads entries of durable collections, while turns wait; {@link EntryReads#MAX_READS} threads are
     *     of use
     * @throws org.thespis.runtime.declaration.DeclarationException if two types have one name, or one has durable
     *     collections and the store keeps none, or transactional actions and the store has no transactions
     */
    public ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            StateStore store,
            Executor executor,
            Executor commits,
            Executor reads,
            ActorSettings settings) {
        this(definitions, beans, store, executor, commits, reads, settings, Time.ofMachine());
    }

    /** With what single types have of their own. */
    public ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            Storage storage,
            Executor executor,
            ActorSettings settings,
            OfTypes own) {
        this(definitions, beans, storage, executor, settings, own, Time.ofMachine());
    }

    /** With a time that may be in the hand of a test; {@link #tick} is to be called as it passes. */
    public ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            StateStore store,
            Executor executor,
            Executor commits,
            Executor reads,
            ActorSettings settings,
            Time time) {
        this(definitions, beans, new Storage(store, commits, reads), executor, settings, OfTypes.nothing(), time);
    }

    private ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            Storage storage,
            Executor executor,
            ActorSettings settings,
            OfTypes own,
            Time time) {
        this.services = new Services(
                Values.create(),
                new Verification(settings.state().verify()),
                new Dispatcher(executor),
                settings,
                sinks,
                time);
        this.keeping = new Keeping(services, beans, storage, own);
        this.shutdown = new Shutdown(keeping.live());
        this.residence = new Residence(keeping.live());
        this.waking = new Waking(keeping, this::requireStored);
        this.lastSave = services.time().nanoTime();
        ActorDefinition.requireDistinctNames(definitions);
        for (ActorDefinition definition : definitions) {
            keeping.require(definition);
            String type = definition.name();
            containers.put(type, new ActorContainer(definition, keeping.of(type), dispatcher(type, own)));
        }
        origins = readOrigins();
        keeping.wakeFor(containers.keySet(), this::wakeForPlan);
    }

    /** Types with one executor have one dispatcher; null if it has none of its own. */
    private Dispatcher dispatcher(String type, OfTypes own) {
        Executor executor = own.executors().get(type);
        return executor == null
                ? null
                : ofTypes.computeIfAbsent(
                        executor, some -> Dispatcher.ofOne(some, own.hands().get()));
    }

    void connect(EventSink gateway) {
        sinks.gateway(gateway);
    }

    void connectInside(EventSink inside) {
        sinks.inside(inside);
    }

    /** How many commits were refused as another instance of the actor, on another node or of an earlier time, had written. */
    public long fencedCommits() {
        return keeping.fenced();
    }

    /** Which of the actors live on this node. */
    public Residence residence() {
        return residence;
    }

    /** The container of that actor type. */
    public Optional<ActorContainer> container(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    /** What counts for all types of which nothing is said. */
    public ActorSettings settings() {
        return services.settings();
    }

    /** What counts for actors of that type, or for all if there is no such type. */
    ActorSettings settings(String name) {
        return container(name).map(ActorContainer::settings).orElse(services.settings());
    }

    /**
     * What is said counts from now on, also for actors that live; time that was given stays given. What is of the store stays as it
     * is. Any thread.
     *
     * @param general for all types
     * @param types what is said of each
     */
    public void change(ActorSettings general, Collection<ActorDefinition> types) {
        ActorSettings next = general.keeping(services.settings());
        services.settings(next);
        types.forEach(type -> container(type.name()).ifPresent(container -> container.change(type, next)));
        origins = readOrigins();
    }

    /** What single types say of the origins of pages that may call. */
    Collection<OriginNames> origins() {
        return origins;
    }

    private Set<OriginNames> readOrigins() {
        return containers.values().stream()
                .flatMap(container -> container.definition().options().clients().origins().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of all actor types. */
    public Collection<String> names() {
        return List.copyOf(containers.keySet());
    }

    private ActorContainer requireStored(String name) {
        if (!containers.containsKey(name)) {
            unknownTypes.found(name);
        }
        return require(name);
    }

    private ActorContainer require(String name) {
        return container(name).orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
    }

    Relay.Resolution getOrCreate(Wanted wanted) {
        ActorContainer container = require(wanted.name());
        Optional<ActorRecord> found = find(wanted.name(), wanted.key());
        if (found.isPresent()) {
            return new Relay.Resolution(found.get(), false);
        }
        try {
            Creation creation = createAlone(container, wanted);
            return new Relay.Resolution(creation.actor(), creation.created());
        } catch (ActorException e) {
            boolean unknown = e.error().equals(ActorError.outcomeUnknown());
            throw unknown ? new ActorException(ActorError.storeUnavailable()) : e; // who asks again finds it
        }
    }

    ActorRecord create(Wanted wanted) {
        ActorContainer container = require(wanted.name());
        container.definition().requireCreation(wanted.caller()); // before it is told that there is one
        find(wanted.name(), wanted.key()).ifPresent(existing -> refuseDuplicate(existing, wanted.key()));
        Creation creation = createAlone(container, wanted);
        if (!creation.created()) {
            refuseDuplicate(creation.actor(), wanted.key());
        }
        return creation.actor();
    }

    private static void refuseDuplicate(ActorRecord existing, ActorKey key) {
        throw new ActorException(ActorError.duplicateKey(existing.id(), key.toString()));
    }

    /** One at a time for each address; who comes second finds what the first has made. */
    private Creation createAlone(ActorContainer container, Wanted wanted) {
        Duration limit = container.settings().createTimeout();
        Birth birth = new Birth();
        return births.alone(wanted.name(), wanted.key(), limit, birth, () -> find(wanted.name(), wanted.key())
                .map(existing -> new Creation(existing, false))
                .orElseGet(() -> createNow(container, wanted, birth)));
    }

    private Creation createNow(ActorContainer container, Wanted wanted, Birth birth) {
        ActorRecord record = new ActorRecord(
                residence.newId(),
                wanted.name(),
                wanted.key(),
                services.time().clock().instant());
        keeping.found(record);
        container.create(record, wanted, birth);
        return birth.await(
                container.settings().createTimeout(), container.settings().commitTimeout());
    }

    /** Whatever a store throws, it is out of reach. */
    private static <T> T reached(Supplier<T> access) {
        try {
            return access.get();
        } catch (ActorException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the state store is out of reach", e);
            throw new ActorException(ActorError.storeUnavailable());
        }
    }

    Optional<ActorRecord> find(String name, ActorKey key) {
        Optional<ActorRecord> found = reached(() -> keeping.of(name).store().find(name, key));
        found.ifPresent(keeping::found);
        return found;
    }

    Optional<ActorRecord> find(String actorId) {
        return reached(() -> keeping.find(actorId));
    }

    Optional<ActorRecord> findIn(String name, String actorId) {
        return reached(() -> keeping.findIn(name, actorId));
    }

    /** Only for a relay whose actors are written by no other node. */
    Optional<Relay.Seen> look(String name, ActorKey key) {
        String id = container(name).map(container -> container.idOf(key)).orElse(null);
        return id != null
                ? Optional.of(new Relay.Seen(id, name))
                : find(name, key).map(Relay.Seen::of);
    }

    /** The same by its id. */
    Optional<Relay.Seen> look(String actorId) {
        return living(actorId).or(() -> find(actorId).map(Relay.Seen::of));
    }

    /** The same of a type that is known. */
    Optional<Relay.Seen> lookIn(String name, String actorId) {
        Optional<Relay.Seen> living =
                living(actorId).filter(actor -> actor.name().equals(name));
        return living.or(() -> findIn(name, actorId).map(Relay.Seen::of));
    }

    private Optional<Relay.Seen> living(String actorId) {
        ActorInstance instance = instance(actorId);
        return instance != null && instance.lifeCycle().isSettled()
                ? Optional.of(new Relay.Seen(actorId, instance.context().name()))
                : Optional.empty();
    }

    List<ActorRecord> list(String name, int limit) {
        return reached(() -> keeping.of(name).store().list(name, limit));
    }

    CompletionStage<Void> destroy(String actorId) {
        try {
            return destroy(actorId, MAX_DESTROY_TRIES);
        } catch (ActorException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Void> destroy(String actorId, int tries) {
        ActorInstance instance = awake(actorId);
        if (instance == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (instance.lifeCycle().couldNotStart()) { // so that nobody has to edit the store by hand
            StateStore store = keeping.of(instance.context().name()).store();
            return destroyed(actorId, tries, reached(() -> waking.whileAsleep(actorId, () -> store.delete(actorId))));
        }
        return instance.lifeCycle()
                .destroy()
                .thenComposeAsync(done -> destroyed(actorId, tries, done), services.dispatcher());
    }

    private CompletionStage<Void> destroyed(String actorId, int tries, boolean done) {
        if (done) {
            return CompletableFuture.completedFuture(null);
        }
        if (tries <= 1) {
            return CompletableFuture.failedFuture(new ActorException(ActorError.restarting()));
        }
        return destroy(actorId, tries - 1);
    }

    void deliver(String actorId, Command command) {
        if (shutdown.hasBegun()) {
            refuse(command, ActorError.unavailable());
            return;
        }
        try {
            if (!tryDeliver(actorId, command)) {
                refuse(command, ActorError.restarting());
            }
        } catch (ActorException e) {
            refuse(command, e.error());
        }
    }

    /** Hands a command to an instance that lives, on a thread that must not wait; false if there is none, or it comes or goes. */
    boolean offer(String actorId, Command command) {
        ActorInstance instance = instance(actorId);
        if (instance == null || shutdown.hasBegun() || !instance.lifeCycle().isAwake()) {
            return false;
        }
        boolean[] taken = new boolean[1];
        Mailbox.onEventLoop(() -> taken[0] = instance.deliver(command));
        return taken[0];
    }

    /** False if it met only instances that were just leaving memory. */
    private boolean tryDeliver(String actorId, Command command) {
        for (int i = 0; i < MAX_DELIVERY_TRIES; i++) {
            ActorInstance instance = awake(actorId);
            if (instance == null) {
                throw new ActorException(ActorError.actorNotFound());
            }
            if (instance.deliver(command)) {
                return true;
            }
            if (instance.lifeCycle().couldNotStart()) {
                throw new ActorException(instance.tooLate());
            }
            Thread.yield(); // it is taken out of memory at this moment
        }
        return false;
    }

    private void refuse(Command command, ActorError error) {
        Refusals.of(command, error, null).forEach(sinks::deliver);
    }

    /** The live instance of an actor, or null. */
    ActorInstance instance(String actorId) {
        return keeping.live().get(actorId);
    }

    /** The live instance of an actor, woken if need be; null if there is no such actor. */
    private ActorInstance awake(String actorId) {
        ActorInstance instance = instance(actorId);
        return instance != null ? instance : reached(() -> waking.wake(actorId));
    }

    private void wakeForPlan(String actorId, Consumer<Throwable> told) {
        if (shutdown.hasBegun() || !residence.isHere(actorId)) {
            return;
        }
        try {
            reached(() -> waking.wake(actorId, woken -> told.accept(whyNotStarted(woken))));
        } catch (ActorException e) {
            boolean soonAgain = e.error().equals(ActorError.unavailable()); // its module has not started
            told.accept(soonAgain ? null : e);
        }
    }

    private static ActorException whyNotStarted(ActorInstance woken) {
        return woken != null && woken.lifeCycle().couldNotStart() ? new ActorException(woken.tooLate()) : null;
    }

    /**
     * Takes no more commands, lets the turns that run or wait come to their end, and answers the calls that would complete
     * later. Returns when all is done or the grace is over, for each of several callers: a server may end several parts of an
     * application at a time. Not to be called in a turn.
     */
    public void stop(Duration grace) {
        shutdown.stop(grace);
    }

    /** Has what is planned for now called. To be called often by the timer that calls {@link #tick}. */
    public void tickPlans() {
        Mailbox.withoutTurns(() -> each(keeping.general().planning(), ActorInstance::tickPlans));
    }

    /**
     * Tells callers whose time is over, saves what is saved now and then, lets idle actors sleep, wakes those that have
     * planned something. To be called some ten times a second by one timer; nothing of an author's runs here.
     */
    public void tick() {
        Mailbox.withoutTurns(this::tickNow);
    }

    private void tickNow() {
        guarded(services.dispatcher()::tryAgain);
        ofTypes.values().forEach(dispatcher -> guarded(dispatcher::tryAgain));
        long now = services.time().nanoTime();
        boolean save = now - lastSave >= SAVE_PERIOD.toNanos();
        if (save) {
            lastSave = now;
        }
        keeping.tick(ActorSystem::guarded);
        each(keeping.live().all(), instance -> instance.tick(now, save));
        tickPlans();
        if (save && !shutdown.hasBegun()) {
            keeping.look(ActorSystem::guarded);
        }
    }

    /**
     * How long {@link #tick} has nothing to do but to look at the store and to write states of {@code PERIODIC} durability, as
     * far as is known now: in nanoseconds, not positive if something is due, {@code Long.MAX_VALUE} if nothing waits for time
     * to pass. For who moves the time. Any thread.
     */
    public long idleNanos() {
        long now = services.time().nanoTime();
        long idle = keeping.idleNanos();
        if (idle != Long.MAX_VALUE) { // it looks with a save
            idle = Math.max(idle, lastSave + SAVE_PERIOD.toNanos() - now);
        }
        for (ActorInstance instance : keeping.live().all()) {
            idle = Math.min(idle, instance.idleNanos(now));
        }
        return idle;
    }

    /**
     * Lets an actor fall asleep as if its time had come; it stays if something keeps it awake. False if it is not in memory.
     * Returns before it sleeps. Any thread.
     */
    public boolean fallAsleep(String actorId) {
        ActorInstance instance = instance(actorId);
        if (instance != null) {
            instance.lifeCycle().fallAsleep();
        }
        return instance != null;
    }

    /**
     * Gives all up as they are, without a save, as a process that is killed does: nothing of an author's begins any more, and
     * who waits is told nothing. Any thread.
     */
    public void dropAll() {
        shutdown.dropAll();
    }

    /** What breaks with one actor must not reach the others. */
    private static void each(Collection<ActorInstance> instances, Consumer<ActorInstance> task) {
        for (ActorInstance instance : instances) {
            guarded(() -> task.accept(instance));
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a part of the tick broke", e);
        }
    }
}
