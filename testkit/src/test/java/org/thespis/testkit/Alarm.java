package org.thespis.testkit;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Durability;
import org.thespis.api.OnSleep;
import org.thespis.api.OnWake;
import org.thespis.api.State;

/** Lives by the clock. */
@Actor("alarm")
class Alarm {

    /** What blocks waits for this; made anew by each test. */
    static volatile CountDownLatch gate = new CountDownLatch(1);

    @Actor(value = "lateAlarm", durability = Durability.PERIODIC)
    static class Late extends Alarm {}

    @Inject
    ActorContext actor;

    @Inject
    Clock clock;

    @State
    List<Instant> rung = new ArrayList<>();

    @State
    int ticks;

    @State
    int woken;

    @State
    int slept;

    @OnWake
    void wake() {
        woken++;
    }

    @OnSleep
    void sleep() {
        slept++;
    }

    @Action
    void every(String cron) {
        actor.schedule().cron("every", cron, ZoneOffset.UTC, "ring");
    }

    @Action
    void tickEvery(String cron) {
        actor.schedule().cron("tick", cron, ZoneOffset.UTC, "tick");
    }

    @Action
    void tick() {
        ticks++;
    }

    @Action
    int ticks() {
        return ticks;
    }

    @Action
    void after(Duration delay) {
        actor.schedule().after(delay, "ring");
    }

    @Action
    void ring() {
        rung.add(clock.instant());
        actor.broadcast("rung", rung.size());
    }

    @Action
    int count() {
        return rung.size();
    }

    @Action
    List<Instant> rung() {
        return rung;
    }

    @Action
    List<Integer> life() {
        return List.of(woken, slept);
    }

    @Action
    CompletionStage<String> never() {
        return new CompletableFuture<>();
    }

    @Action
    String block() throws InterruptedException {
        gate.await();
        return "over";
    }

    @Action
    void workOn() {
        actor.waitUntil(new CompletableFuture<>());
    }
}
