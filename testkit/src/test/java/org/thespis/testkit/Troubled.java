package org.thespis.testkit;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.OnCreate;
import org.thespis.api.OnSleep;
import org.thespis.api.OnWake;
import org.thespis.api.State;

/** Breaks in the hook that a test names. */
@Actor("troubled")
class Troubled {

    enum Trouble {
        NONE,
        THROWS,
        OVERFLOWS,
        BLOCKS
    }

    static volatile Trouble inCreate = Trouble.NONE;
    static volatile Trouble inWake = Trouble.NONE;
    static volatile Trouble inSleep = Trouble.NONE;
    static volatile CountDownLatch gate = new CountDownLatch(1);

    /** Who plans meets here. */
    static volatile CountDownLatch meeting = new CountDownLatch(2);

    @Inject
    ActorContext actor;

    @State
    int count;

    private static void trouble(Trouble trouble) throws InterruptedException {
        switch (trouble) {
            case THROWS -> throw new IllegalStateException("expected by the test");
            case OVERFLOWS -> trouble(trouble);
            case BLOCKS -> gate.await();
            default -> {
                // all is well
            }
        }
    }

    @OnCreate
    void create() throws InterruptedException {
        trouble(inCreate);
    }

    @OnWake
    void wake() throws InterruptedException {
        trouble(inWake);
    }

    @OnSleep
    void sleep() throws InterruptedException {
        trouble(inSleep);
    }

    @Action
    int count() {
        return ++count;
    }

    @Action
    void planAgainAndAgain(long millis) {
        count++;
        actor.schedule().after(Duration.ofMillis(millis), "planAgainAndAgain", millis);
    }

    @Action
    void planThe(String action) {
        actor.schedule().after(Duration.ofHours(1), action);
    }

    @Action
    void meet() throws InterruptedException {
        meeting.countDown();
        meeting.await();
        count++;
    }

    @Action
    CompletableFuture<Void> never() {
        return new CompletableFuture<>();
    }

    @Action
    void spin() {
        while (gate.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Action
    void fail() {
        throw new AssertionError("expected by the test");
    }
}
