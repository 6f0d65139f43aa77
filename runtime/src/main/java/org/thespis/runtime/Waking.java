package org.thespis.runtime;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.instance.ActorInstance;

/** Brings actors from the store into memory, each once however many ask. Any thread. */
final class Waking {

    private final Keeping keeping;
    private final Function<String, ActorContainer> containers;
    private final Map<String, CompletableFuture<ActorInstance>> underWay = new ConcurrentHashMap<>();

    /** @param containers finds the container of a type, or throws */
    Waking(Keeping keeping, Function<String, ActorContainer> containers) {
        this.keeping = keeping;
        this.containers = containers;
    }

    /** @param stored null if it lives already, or does not exist */
    private record Found(ActorInstance instance, ActorContainer container, StoredActor stored) {}

    /** The instance of an actor, which may still be waking; null if there is no such actor. */
    ActorInstance wake(String actorId) {
        return wake(actorId, woken -> {});
    }

    /**
     * The same.
     *
     * @param begun told of the instance when its first turn is over, if that is begun by this call, else at once; in any thread
     */
    ActorInstance wake(String actorId, Consumer<ActorInstance> begun) {
        CompletableFuture<ActorInstance> mine = new CompletableFuture<>();
        CompletableFuture<ActorInstance> other = underWay.putIfAbsent(actorId, mine);
        if (other != null) {
            ActorInstance woken = await(other); // one loads, the others wait
            begun.accept(woken);
            return woken;
        }
        Found found;
        try {
            found = find(actorId);
            mine.complete(found.instance);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(actorId, mine);
        }
        if (found.stored != null) {
            found.container.begin(found.instance, found.stored, () -> begun.accept(found.instance));
        } else {
            begun.accept(found.instance);
        }
        return found.instance;
    }

    /**
     * Does something in the store while nobody wakes that actor: what was read before must not live behind it.
     *
     * @return false if nothing was done, as it lives, or somebody wakes it now
     */
    boolean whileAsleep(String actorId, Runnable task) {
        CompletableFuture<ActorInstance> mine = new CompletableFuture<>();
        if (underWay.putIfAbsent(actorId, mine) != null) {
            return false;
        }
        try {
            ActorInstance instance = keeping.live().get(actorId);
            boolean asleep = instance == null || instance.lifeCycle().couldNotStart(); // it leaves just now
            if (asleep) {
                task.run();
            }
            mine.complete(asleep ? null : instance);
            return asleep;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(actorId, mine);
        }
    }

    private static ActorInstance await(CompletableFuture<ActorInstance> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private Found find(String actorId) {
        ActorInstance woken = keeping.live().get(actorId);
        StoredActor stored = woken == null ? keeping.load(actorId).orElse(null) : null;
        if (stored == null) {
            return new Found(woken, null, null);
        }
        ActorContainer container = containers.apply(stored.actor().name());
        return new Found(container.found(stored.actor()), container, stored);
    }
}
