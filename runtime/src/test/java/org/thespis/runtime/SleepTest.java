package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class SleepTest extends DurabilityFixture {

    private static final int LOOKS = 100;

    @Test
    void idleActorsSleepAndWakeWithTheNextMessage() {
        actors.call(counter, client, 1, "add", 1L);
        actors.runTasks();
        awaitSleep(false);
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(true);
        assertThat(STORY).containsExactly("changed 11", "sleep 11");
        assertThat(ask(counter, "ephemeral")).isEqualTo(0);
        assertThat(STORY).last().isEqualTo("wake 11");
    }

    @Test
    void whoComesWhileAnActorFallsAsleepKeepsItAwake() {
        String lazy = actors.actor("lazy", "a");
        String early = actors.client(lazy);
        actors.call(lazy, early, 1, "add", 3L);
        actors.system.deliver(lazy, new Command.Disconnect(early));
        actors.runTasks();
        while (actors.tasks.isEmpty()) {
            actors.system.tick(); // until the state is on its way
        }
        String late = actors.client(lazy);
        actors.runTasks();
        outputs();
        actors.call(lazy, late, 1, "add", 1L);
        assertThat(outputs()).containsExactly(new Output.Reply(late, 1, 4));
    }

    @Actor("broken")
    static class Broken {
        static boolean works = true;

        @State
        int count = 1;

        Broken() {
            if (!works) {
                throw new IllegalStateException("no bean");
            }
        }

        @Action
        int get() {
            return count;
        }
    }

    @Test
    void anActorWhoseBeanCannotBeMadeIsRefusedUntilItCan() {
        TestActors one = new TestActors(SETTINGS, store, Broken.class);
        String broken = one.actor("broken", "a");
        actors = new TestActors(SETTINGS, store, Broken.class);
        Broken.works = false;
        try {
            actors.system.deliver(broken, new Command.Connect("c", Undefined.UNDEFINED, Caller.ANONYMOUS));
            assertThat(outputs()).last().isEqualTo(new Output.Closed("c", 1011, "rivetkit.internal_error"));
        } finally {
            Broken.works = true;
        }
        assertThat(ask(broken, "get")).isEqualTo(1);
    }

    @Test
    void workKeepsAnActorAwakeAndIsToldOfTheEnd() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "work");
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(false);
        assertThat(STORY).isEmpty();
        work.complete(null);
        awaitSleep(true);
        assertThat(STORY).containsExactly("ending", "sleep 10");
    }

    @Test
    void anActorThatFallsAsleepWaitsForItsLastWork() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "lastWork");
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(false);
        assertThat(STORY).containsExactly("ending");
        work.complete(null);
        awaitSleep(true);
        assertThat(STORY).containsExactly("ending", "sleep 10");
    }

    @Test
    void whoComesWhileLastWorkIsWaitedForKeepsTheActorAwake() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "lastWork");
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(false);
        String late = actors.client(counter);
        work.complete(null);
        awaitSleep(false);
        assertThat(STORY).containsExactly("ending");
        actors.call(counter, late, 1, "lastWork");
        actors.system.deliver(counter, new Command.Disconnect(late));
        awaitSleep(true);
        assertThat(STORY).containsExactly("ending", "ending", "sleep 10");
    }

    @Test
    void lastWorkIsNotWaitedForForEver() {
        actors = new TestActors(settings(Duration.ofMillis(1)), store, Counter.class);
        work = new CompletableFuture<>();
        client = actors.client(counter);
        STORY.clear();
        actors.call(counter, client, 1, "lastWork");
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(true);
        assertThat(STORY).containsExactly("ending", "sleep 10");
    }

    @Test
    void aStopWaitsForWork() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "work");
        CompletableFuture.runAsync(() -> {
            while (!STORY.contains("ending")) {
                Thread.onSpinWait();
            }
            STORY.add("worked");
            work.complete(null);
        });
        actors.creating(() -> {
            actors.system.stop(Duration.ofSeconds(20));
            return null;
        });
        assertThat(STORY).containsExactly("ending", "worked", "sleep 10");
    }

    /** Lets time pass until the actor has left memory, or long enough to see that it does not. */
    private void awaitSleep(boolean expected) {
        long end = System.nanoTime() + Duration.ofMillis(expected ? 10_000 : 20).toNanos();
        int looks = 0; // on a busy machine the time may be over before the first
        while (actors.system.container("counter").orElseThrow().size() > 0
                && (System.nanoTime() < end || looks++ < LOOKS)) {
            actors.system.tick();
            actors.runTasks();
            ScriptedFixture.pause();
        }
        assertThat(actors.system.container("counter").orElseThrow().size()).isEqualTo(expected ? 0 : 1);
    }
}
