package org.thespis.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What one actor does outside of its turns, and its end. Most actors do nothing: then it takes little memory. Any thread. */
final class Work {

    private static final Set<CompletableFuture<?>> NONE = Set.of();

    private final Runnable onDone;
    private volatile Set<CompletableFuture<?>> running = NONE; // another from the first work on
    private volatile Set<CompletableFuture<?>> awaited = NONE; // likewise
    private CompletableFuture<Void> ending; // guarded by this; made when somebody asks
    private boolean ended; // guarded by this

    /** @param onDone is run when a piece of work that kept the actor awake is done */
    Work(Runnable onDone) {
        this.onDone = onDone;
    }

    /** Work without which the actor must not fall asleep. */
    void keepAwake(CompletionStage<?> work) {
        synchronized (this) {
            if (running == NONE) {
                running = ConcurrentHashMap.newKeySet();
            }
        }
        follow(work, running, onDone);
    }

    /** Work that is waited for when the actor falls asleep. */
    void waitUntil(CompletionStage<?> work) {
        synchronized (this) {
            if (awaited == NONE) {
                awaited = ConcurrentHashMap.newKeySet();
            }
        }
        follow(work, awaited, () -> {});
    }

    private static void follow(CompletionStage<?> work, Set<CompletableFuture<?>> all, Runnable then) {
        CompletableFuture<?> piece = work.toCompletableFuture();
        all.add(piece);
        piece.whenComplete((result, thrown) -> {
            all.remove(piece);
            then.run();
        });
    }

    /** Whether no work keeps the actor awake. */
    boolean isEmpty() {
        return running.isEmpty();
    }

    synchronized CompletionStage<Void> ending() {
        if (ending == null) {
            ending = ended ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }
        return ending.minimalCompletionStage();
    }

    /** Says that the actor is ending. */
    void end() {
        CompletableFuture<Void> told;
        synchronized (this) {
            ended = true;
            told = ending;
        }
        if (told != null) {
            told.complete(null);
        }
    }

    /** Takes back that the actor is ending. */
    synchronized void goOn() {
        ended = false;
        ending = null;
    }

    /** Says that the actor is ending; completes when all is done or the grace is over. */
    CompletableFuture<Void> end(Duration grace) {
        end();
        return CompletableFuture.allOf(
                        Stream.concat(running.stream(), awaited.stream()).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> null);
    }
}
