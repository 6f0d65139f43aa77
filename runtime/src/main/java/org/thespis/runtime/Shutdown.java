package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.instance.LiveActors;

/** The end of all actors of a node, which comes once, however many ask for it. Any thread. */
final class Shutdown {

    /** How many actors that did not end are named. */
    private static final int MAX_NAMED = 10;

    private static final Logger LOG = System.getLogger(Shutdown.class.getName());

    private final LiveActors live;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean stopped; // guarded by this
    private volatile boolean begun;

    Shutdown(LiveActors live) {
        this.live = live;
    }

    boolean hasBegun() {
        return begun;
    }

    /** The first of its callers ends the actors, the others wait with it: who goes on takes threads and names away. */
    void stop(Duration grace) {
        if (begins()) {
            try {
                end(grace);
            } finally {
                over.complete(null);
            }
        } else {
            isOverWithin(over, grace);
        }
    }

    private synchronized boolean begins() {
        boolean first = !stopped;
        stopped = true;
        begun = true;
        return first;
    }

    private void end(Duration grace) {
        Collection<ActorInstance> ending = live.close();
        CompletableFuture<?>[] ends = ending.stream()
                .map(instance -> instance.lifeCycle().stop(grace.dividedBy(2)))
                .toArray(CompletableFuture<?>[]::new);
        if (!isOverWithin(CompletableFuture.allOf(ends), grace)) {
            Collection<ActorInstance> left = live.all();
            LOG.log(
                    Level.WARNING,
                    "{0} actors did not come to their end within {1}: {2}",
                    left.size(),
                    grace,
                    some(left));
            left.forEach(instance -> instance.lifeCycle().silence());
        }
    }

    private static boolean isOverWithin(CompletableFuture<?> end, Duration time) {
        try {
            end.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String some(Collection<ActorInstance> actors) {
        return actors.stream().limit(MAX_NAMED).map(ActorInstance::toString).collect(Collectors.joining(", "));
    }

    /** Gives all up as they are, without a save, as a process that is killed does. */
    void dropAll() {
        if (begins()) {
            over.complete(null);
        }
        live.close().forEach(instance -> instance.lifeCycle().silence());
    }
}
