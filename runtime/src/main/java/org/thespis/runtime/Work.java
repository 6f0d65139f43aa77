package org.thespis.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What one actor does outside of its turns, and its end. Any thread. */
final class Work {

    private final Runnable onDone;
    private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ending = new CompletableFuture<>();

    /** @param onDone is run when a piece of work is done */
    Work(Runnable onDone) {
        this.onDone = onDone;
    }

    void add(CompletionStage<?> work) {
        CompletableFuture<?> piece = work.toCompletableFuture();
        running.add(piece);
        piece.whenComplete((result, thrown) -> {
            running.remove(piece);
            onDone.run();
        });
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    CompletionStage<Void> ending() {
        return ending.minimalCompletionStage();
    }

    /** Says that the actor is ending. */
    void end() {
        ending.complete(null);
    }

    /** Says that the actor is ending; completes when all is done or the grace is over. */
    CompletableFuture<Void> end(Duration grace) {
        end();
        return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> null);
    }
}
