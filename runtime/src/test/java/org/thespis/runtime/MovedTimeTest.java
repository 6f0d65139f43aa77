package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.OnSleep;
import org.thespis.api.OnWake;
import org.thespis.api.State;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** Who holds the time in his hand knows how far he may move it, and all that waits for it follows. */
class MovedTimeTest {

    private static final List<String> STORY = new ArrayList<>();
    private static boolean wakes = true;

    @Actor("sleeper")
    static class Sleeper {
        ActorContext actor;

        @State
        int count;

        @Action
        void add() {
            count++;
        }

        @Action
        int count() {
            return count;
        }

        @Action
        void plan(int seconds) {
            actor.schedule().after(Duration.ofSeconds(seconds), "add");
        }

        @Action
        CompletionStage<Integer> never() {
            return new CompletableFuture<>();
        }

        @Action
        void workOn() {
            actor.waitUntil(new CompletableFuture<>());
        }

        @OnWake
        void wake() {
            if (!wakes) {
                throw new IllegalStateException("cannot wake");
            }
        }

        @OnSleep
        void sleep() {
            STORY.add("sleep " + count);
        }
    }

    private final HandTime time = new HandTime();
    private final MemoryStateStore store = new MemoryStateStore();
    private final ActorSettings settings = ActorSettings.defaults();
    private TestActors actors = new TestActors(settings, store, time, Sleeper.class);
    private final String id = actors.actor("sleeper", "a");

    @BeforeEach
    void begin() {
        STORY.clear();
        wakes = true;
        actors.runTasks();
    }

    private Duration idle() {
        return Duration.ofNanos(actors.system.idleNanos());
    }

    private void tick() {
        actors.system.tick();
        actors.runTasks();
    }

    private void advance(Duration by) {
        time.advance(by);
        tick();
    }

    private boolean isAwake() {
        return actors.system.instance(id) != null;
    }

    private void call(String action, Object... arguments) {
        String client = actors.client(id);
        actors.call(id, client, 1, action, arguments);
        actors.runTasks();
        actors.system.deliver(id, new Command.Disconnect(client));
        actors.runTasks();
    }

    @Test
    void anIdleActorFallsAsleepWhenItsTimeIsOverAndNotBefore() {
        assertThat(idle()).isEqualTo(settings.sleepTimeout().plusNanos(1));
        advance(settings.sleepTimeout());
        assertThat(isAwake()).isTrue();
        advance(idle());
        assertThat(isAwake()).isFalse();
        assertThat(actors.system.idleNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPlanIsCalledAtItsTime() {
        call("plan", 20);
        assertThat(idle()).isEqualTo(Duration.ofSeconds(20));
        advance(idle());
        call("count");
        assertThat(actors.outputs).contains(new Output.Reply("client-2", 1, 1));
    }

    @Test
    void aCallerIsToldThatItsTimeIsOver() {
        String client = actors.client(id);
        actors.call(id, client, 1, "never");
        actors.runTasks();
        assertThat(idle()).isEqualTo(settings.actionTimeout());
        advance(idle().minusNanos(1));
        assertThat(actors.outputs).isEmpty();
        advance(idle());
        assertThat(actors.outputs).hasSize(1);
        assertThat(actors.outputs.toString()).contains("action_timed_out");
    }

    @Test
    void workThatNeverEndsKeepsOneThatFallsAsleepForItsGrace() {
        call("workOn");
        advance(idle());
        assertThat(isAwake()).as("its work is waited for").isTrue();
        advance(settings.sleepGrace());
        assertThat(STORY).containsExactly("sleep 0");
        assertThat(isAwake()).as("so it is behind OnSleep").isTrue();
        advance(settings.sleepGrace());
        assertThat(isAwake()).isFalse();
    }

    @Test
    void oneThatCannotBeWokenIsTriedAgain() {
        call("plan", 60);
        advance(idle());
        assertThat(isAwake()).isFalse();
        wakes = false;
        advance(Duration.ofSeconds(30));
        assertThat(idle()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5));
        wakes = true;
        advance(idle());
        assertThat(isAwake()).isTrue();
    }

    @Test
    void oneFallsAsleepWhenItIsTold() {
        assertThat(actors.system.fallAsleep(id)).isTrue();
        actors.runTasks();
        assertThat(isAwake()).isFalse();
        assertThat(STORY).containsExactly("sleep 0");
        assertThat(actors.system.fallAsleep(id)).isFalse();
    }

    @Test
    void oneThatIsNeededDoesNotFallAsleepWhenItIsTold() {
        actors.client(id);
        assertThat(actors.system.fallAsleep(id)).isTrue();
        actors.runTasks();
        assertThat(isAwake()).isTrue();
        assertThat(STORY).isEmpty();
    }

    @Test
    void whatIsDroppedRunsNothingMoreOfTheAuthors() {
        String client = actors.client(id);
        actors.call(id, client, 1, "add");
        assertThat(actors.tasks).as("the commit").isNotEmpty();
        actors.tasks.clear(); // as the process that is killed
        actors.system.dropAll();
        actors.call(id, client, 2, "add");
        tick();
        assertThat(STORY).isEmpty();
        assertThat(actors.outputs.toString()).contains("service_unavailable").doesNotContain("Reply");
        actors = new TestActors(settings, store, time, Sleeper.class);
        call("count");
        assertThat(actors.outputs).contains(new Output.Reply("client-1", 1, 0));
    }
}
