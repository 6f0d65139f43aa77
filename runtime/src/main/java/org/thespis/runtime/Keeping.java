package org.thespis.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.instance.Creations;
import org.thespis.runtime.instance.LiveActors;
import org.thespis.runtime.instance.Node;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;

/**
 * Where actors are kept: a store for all types, and others for single ones. Each has its own queue of commits, its own threads and its
 * own look at what is planned, so that one that hangs or is away holds up nobody else's actors. Any thread.
 */
final class Keeping {

    private final Node general;
    private final Map<String, Node> ofTypes = new HashMap<>();
    private final List<Node> all = new ArrayList<>(); // that for all types comes first
    private final List<Dispatcher> commits = new ArrayList<>();
    private final Map<Node, Dispatcher> wakes =
            new IdentityHashMap<>(); // of those that have threads of their own for it
    private final Services services;
    private final Duration commitTimeout;
    private final Whereabouts whereabouts = new Whereabouts(); // nothing is noted where there is one store
    private List<Waker> wakers = List.of();

    Keeping(Services services, ActorBeans beans, Storage storage, OfTypes own) {
        this.services = services;
        this.commitTimeout = services.settings().commitTimeout();
        this.general = node(beans, storage, new LiveActors(), ConcurrentHashMap.newKeySet());
        Map<StateStore, Node> known = new IdentityHashMap<>(Map.of(storage.store(), general));
        own.storages()
                .forEach((type, other) -> ofTypes.put(
                        type,
                        known.computeIfAbsent(
                                other.store(), store -> node(beans, other, general.live(), general.planning()))));
    }

    private Node node(ActorBeans beans, Storage storage, LiveActors live, Set<ActorInstance> planning) {
        Dispatcher writers = new Dispatcher(storage.commits());
        commits.add(writers);
        Node node = new Node(
                services,
                beans,
                storage.store(),
                new CommitQueue(
                        storage.store(),
                        worker -> writers.execute(
                                () -> Mailbox.withoutTurns(worker)), // delivers as well; no turn runs there
                        commitTimeout,
                        services.time()::storeNanoTime,
                        Mailbox::whenLeft),
                new EntryReads(
                        storage.store(),
                        storage.reads(),
                        services.settings().state().entryReadTimeout()),
                new Creations(services.dispatcher()),
                live,
                planning);
        all.add(node);
        if (storage.wakes() != null) {
            wakes.put(node, new Dispatcher(storage.wakes()));
        }
        return node;
    }

    /**
     * Lets actors be woken for what they have planned.
     *
     * @param wake see {@link Waker}
     */
    void wakeFor(Collection<String> types, BiConsumer<String, Consumer<Throwable>> wake) {
        Map<Node, Set<String>> byNode =
                types.stream().collect(Collectors.groupingBy(this::of, IdentityHashMap::new, Collectors.toSet()));
        wakers = all.stream()
                .map(node -> new Waker(
                        node.store(),
                        byNode.getOrDefault(node, Set.of()),
                        wakes.getOrDefault(node, services.dispatcher()),
                        services.time().clock(),
                        services.time()::nanoTime,
                        (id, told) -> {
                            note(id, node);
                            wake.accept(id, told);
                        }))
                .toList();
    }

    /** What actors of that type live with. */
    Node of(String type) {
        return ofTypes.getOrDefault(type, general);
    }

    /** What all types live with that have nothing of their own. */
    Node general() {
        return general;
    }

    LiveActors live() {
        return general.live();
    }

    /** @throws org.thespis.api.spi.StoreException if it is not found, and some store is out of reach */
    Optional<ActorRecord> find(String actorId) {
        return find(actorId, store -> store.find(actorId), record -> record);
    }

    /** Likewise, with its state. */
    Optional<StoredActor> load(String actorId) {
        return find(actorId, store -> store.load(actorId), StoredActor::actor);
    }

    /** That of a type; what other stores have is not looked for. */
    Optional<ActorRecord> findIn(String type, String actorId) {
        return in(of(type), store -> store.find(actorId), record -> record)
                .filter(record -> record.name().equals(type));
    }

    /** Somebody has learned of an actor, and is going to ask for it. */
    void found(ActorRecord actor) {
        note(actor.id(), of(actor.name()));
    }

    private void note(String actorId, Node node) {
        if (all.size() > 1) {
            whereabouts.note(actorId, node);
        }
    }

    /**
     * An id tells nothing of the type: where nothing is known of it each store is asked, one after the other. What lies in a store
     * that is not that of its type is none of ours.
     */
    private <T> Optional<T> find(
            String actorId, Function<StateStore, Optional<T>> question, Function<T, ActorRecord> actor) {
        if (all.size() == 1) {
            return in(general, question, actor);
        }
        ActorInstance instance = live().get(actorId);
        if (instance != null) {
            return in(of(instance.context().name()), question, actor);
        }
        Node known = whereabouts.of(actorId);
        Optional<T> there = known == null ? Optional.empty() : in(known, question, actor);
        return there.isPresent() ? there : inAny(known, question, actor);
    }

    private <T> Optional<T> in(Node node, Function<StateStore, Optional<T>> question, Function<T, ActorRecord> actor) {
        Optional<T> found =
                question.apply(node.store()).filter(some -> of(actor.apply(some).name()) == node);
        found.ifPresent(some -> note(actor.apply(some).id(), node));
        return found;
    }

    private <T> Optional<T> inAny(
            Node asked, Function<StateStore, Optional<T>> question, Function<T, ActorRecord> actor) {
        Throwable away = null;
        for (Node node : all) {
            try {
                Optional<T> found = node == asked ? Optional.empty() : in(node, question, actor);
                if (found.isPresent()) {
                    return found;
                }
            } catch (RuntimeException | Error e) { // the others may have it
                away = away == null ? e : away;
            }
        }
        if (away instanceof Error error) {
            throw error;
        }
        if (away != null) {
            throw (RuntimeException) away;
        }
        return Optional.empty();
    }

    /** @throws org.thespis.runtime.declaration.DeclarationException if the store of the type cannot keep what that declares */
    void require(ActorDefinition type) {
        StateStore store = of(type.name()).store();
        if (!store.keepsEntries()) {
            type.requireNoCollections();
        }
        if (type.transactional().isPresent() && !store.hasTransactions()) {
            type.requireNoTransactions();
        }
    }

    /** Goes on with what could not be written. Called by the timer; each part is done whatever becomes of the others. */
    void tick(Consumer<Runnable> guarded) {
        commits.forEach(dispatcher -> guarded.accept(dispatcher::tryAgain));
        all.forEach(node -> guarded.accept(node.commits()::watch));
    }

    /** Looks for actors that have planned something. Called by the timer. */
    void look(Consumer<Runnable> guarded) {
        wakers.forEach(waker -> guarded.accept(waker::look));
    }

    long fenced() {
        return all.stream().mapToLong(node -> node.commits().fenced()).sum();
    }

    /** See {@link Waker#idleNanos}. */
    long idleNanos() {
        return wakers.stream().mapToLong(Waker::idleNanos).min().orElse(Long.MAX_VALUE);
    }
}
