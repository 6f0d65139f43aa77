package org.thespis.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What one actor does outside of its turns, and its end. Most actors do nothing: then it takes little memory. Any thread. */
final class Work {

    private static final Set<CompletableFuture<?>> NONE = Set.of();

    private final Runnable onDone;
    private volatile Set<CompletableFuture<?>> running = NONE; // another from the first work on
    private CompletableFuture<Void> ending; // guarded by this; made when somebody asks
    private boolean ended; // guarded by this

    /** @param onDone is run when a piece of work is done */
    Work(Runnable onDone) {
        this.onDone = onDone;
    }

    void add(CompletionStage<?> work) {
        CompletableFuture<?> piece = work.toCompletableFuture();
        Set<CompletableFuture<?>> mine = own();
        mine.add(piece);
        piece.whenComplete((result, thrown) -> {
            mine.remove(piece);
            onDone.run();
        });
    }

    private synchronized Set<CompletableFuture<?>> own() {
        if (running == NONE) {
            running = ConcurrentHashMap.newKeySet();
        }
        return running;
    }

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

    /** Says that the actor is ending; completes when all is done or the grace is over. */
    CompletableFuture<Void> end(Duration grace) {
        end();
        return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> null);
    }
}
