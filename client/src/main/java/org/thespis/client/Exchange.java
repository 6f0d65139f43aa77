package org.thespis.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;

/**
 * One question over HTTP, tried again as long as nothing was run, or what was run may be asked for again. Any thread; nothing
 * blocks.
 */
final class Exchange<T> implements Ticked {

    /** Asks once. */
    @FunctionalInterface
    interface Attempt<T> {
        CompletableFuture<T> ask(Supplied supplied, Duration timeLeft);
    }

    /**
     * What is asked.
     *
     * @param parameters of the reference
     * @param creates whether an actor that is not there is created
     * @param repeatable whether what may have been run is asked again
     */
    record Question<T>(Supplier<?> parameters, boolean creates, boolean repeatable, Attempt<T> attempt) {}

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final LiveClient client;
    private final Question<T> question;
    private final Answer<T> answer;
    private final long begun = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE); // guarded by this
    private long again; // guarded by this
    private boolean pausing; // guarded by this
    private CompletableFuture<?> asked; // guarded by this

    Exchange(LiveClient client, Question<T> question, Answer<T> answer) {
        this.client = client;
        this.question = question;
        this.answer = answer;
    }

    void begin() {
        ActorCallException refusal = client.begin(this);
        if (refusal == null) {
            attempt();
        } else {
            over.set(true);
            answer.error(refusal);
        }
    }

    private void attempt() {
        client.supply(question.parameters, this::ask, this::failed);
    }

    private void ask(Supplied supplied) {
        if (over.get()) {
            return;
        }
        CompletableFuture<T> asking = asking(supplied);
        synchronized (this) {
            asked = asking;
        }
        asking.whenComplete((result, failure) -> {
            if (failure == null) {
                end(() -> answer.result(result));
            } else {
                failed(Http.cause(failure));
            }
        });
    }

    private CompletableFuture<T> asking(Supplied supplied) {
        try {
            return question.attempt.ask(supplied, timeLeft());
        } catch (RuntimeException e) { // such as an address that is none
            return CompletableFuture.failedFuture(e);
        }
    }

    private Duration timeLeft() {
        Duration left = client.times().call().minusNanos(System.nanoTime() - begun);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private void failed(Throwable failure) {
        ActorCallException error = error(failure);
        boolean runs = question.repeatable && ClientErrors.isInProgress(error); // then its answer comes
        boolean again = runs
                || mayAskAgain(error, failure)
                        && System.nanoTime() - begun < client.times().retry().toNanos();
        if (again) {
            pause();
        } else {
            end(() -> answer.error(error));
        }
    }

    private boolean mayAskAgain(ActorCallException error, Throwable failure) {
        return ClientErrors.isTemporary(error, question.creates)
                || question.repeatable && failure instanceof IOException && !(failure instanceof HttpTimeoutException);
    }

    private ActorCallException error(Throwable failure) {
        if (failure instanceof ActorCallException error) {
            return error;
        }
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return ClientErrors.unreachable(String.valueOf(failure));
        }
        if (failure instanceof HttpTimeoutException) {
            return ClientErrors.callTimedOut(client.times().call());
        }
        return ClientErrors.answerLost(failure);
    }

    private synchronized void pause() {
        again = System.nanoTime() + pauses.next();
        pausing = true;
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - begun > client.times().call().toNanos()) {
            end(() -> answer.error(ClientErrors.callTimedOut(client.times().call())));
            return;
        }
        synchronized (this) {
            if (!pausing || nowNanos - again < 0) {
                return;
            }
            pausing = false;
        }
        client.execute(this::attempt);
    }

    /** The client was closed, or nobody waits any more. */
    void abandon(ActorCallException why) {
        end(() -> answer.error(why));
    }

    private void end(Runnable telling) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        client.ended(this);
        CompletableFuture<?> asking;
        synchronized (this) {
            asking = asked;
        }
        if (asking != null && !asking.isDone()) {
            asking.cancel(true);
        }
        telling.run();
    }
}
