package org.thespis.runtime.instance;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** Keeps those who create the actor of one address apart, so that {@code OnCreate} runs once in its life. Any thread. */
public final class Births {

    private record Address(String name, ActorKey key) {}

    private final Map<Address, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /**
     * Creates an actor while nobody else does so for the address; who has given a creation up keeps others from it until its
     * hooks have come to their end.
     *
     * @throws ActorException if the others take longer than the limit
     */
    public <T> T alone(String name, ActorKey key, Duration limit, Birth birth, Supplier<T> creation) {
        Address address = new Address(name, key);
        CompletableFuture<Void> mine = new CompletableFuture<>();
        long end = System.nanoTime() + limit.toNanos();
        for (var other = underWay.putIfAbsent(address, mine);
                other != null;
                other = underWay.putIfAbsent(address, mine)) {
            await(other, end - System.nanoTime());
        }
        try {
            return creation.get();
        } finally {
            birth.whenOver(() -> {
                underWay.remove(address, mine);
                mine.complete(null);
            });
        }
    }

    private static void await(CompletableFuture<Void> other, long nanos) {
        try {
            other.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ActorException(ActorError.createTimedOut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ActorException(ActorError.unavailable());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed
        }
    }
}
