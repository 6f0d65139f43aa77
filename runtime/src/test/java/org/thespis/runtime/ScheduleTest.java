package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Schedule.Planned;
import org.thespis.api.State;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.settings.ActorSettings;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final List<String> STORY = new ArrayList<>();

    public record Note(String text, Instant at) {}

    @Actor("planner")
    static class Planner {
        ActorContext actor;

        @State
        int done;

        @Action
        void note(Note note, int number) {
            done++;
            STORY.add(note.text() + number + " " + note.at());
        }

        @Action
        void tick() {
            done++;
            STORY.add("tick");
        }

        @Action
        void fail() {
            done++;
            throw new IllegalStateException("planned");
        }
    }

    private final StateStore store = new MemoryStateStore();
    private TestActors actors = new TestActors(ActorSettings.defaults(), store, Planner.class);
    private final String planner = actors.actor("planner", "a");

    @BeforeEach
    void begin() {
        STORY.clear();
    }

    private interface Planning {
        void plan(ActorContext actor);
    }

    private void inTurn(Planning planning) {
        ActorInstance instance = actors.system.instance(planner);
        List<Throwable> thrown = new ArrayList<>();
        instance.submit(turn -> {
            try {
                planning.plan(instance.context());
            } catch (Throwable e) {
                thrown.add(e);
            }
        });
        actors.runTasks();
        assertThat(thrown).isEmpty();
    }

    /** Lets what is due happen; a planned call may have planned more. */
    private void pass(Duration time) {
        actors.clock.advance(time);
        for (int i = 0; i < 10; i++) {
            actors.system.tick();
            actors.runTasks();
        }
    }

    @Test
    void aCallComesOnceWithItsArguments() {
        Instant noon = Instant.parse("2026-03-28T12:00:00Z");
        inTurn(actor -> actor.schedule().after(Duration.ofSeconds(10), "note", new Note("n", noon), 7));
        pass(Duration.ofSeconds(9));
        assertThat(STORY).isEmpty();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofDays(1));
        assertThat(STORY).containsExactly("n7 2026-03-28T12:00:00Z");
    }

    @Test
    void lateCallsComeAtOnceInTheirOrder() {
        inTurn(actor -> {
            actor.schedule().at(Instant.EPOCH.plusSeconds(2), "note", new Note("second", Instant.EPOCH), 2);
            actor.schedule().at(Instant.EPOCH.plusSeconds(1), "note", new Note("first", Instant.EPOCH), 1);
        });
        pass(Duration.ZERO);
        assertThat(STORY).containsExactly("first1 1970-01-01T00:00:00Z", "second2 1970-01-01T00:00:00Z");
    }

    @Test
    void cronFollowsTheClockOnTheWallThroughTheChangeOfSummerTime() {
        inTurn(actor -> actor.schedule().cron("daily", "30 8 * * *", BERLIN, "tick"));
        inTurn(actor -> assertThat(actor.schedule().list())
                .containsExactly(new Planned(
                        "daily", Instant.parse("2026-03-29T06:30:00Z"), "tick", Optional.of("30 8 * * *"))));
        pass(Duration.ofDays(1));
        pass(Duration.ofDays(1));
        assertThat(STORY).containsExactly("tick", "tick");
        inTurn(actor -> assertThat(actor.schedule().cancel("daily")).isTrue());
        pass(Duration.ofDays(10));
        assertThat(STORY).hasSize(2);
    }

    @Test
    void missedTimesOfCronAreMadeUpForOnce() {
        inTurn(actor -> actor.schedule().cron("often", "* * * * *", BERLIN, "tick"));
        pass(Duration.ofDays(1));
        assertThat(STORY).containsExactly("tick");
    }

    @Test
    void itIsThereAfterACrashAndWakesTheActor() {
        inTurn(actor -> actor.schedule().after(Duration.ofHours(1), "tick"));
        actors = new TestActors(ActorSettings.defaults(), store, Planner.class);
        assertThat(actors.system.container("planner").orElseThrow().size()).isZero();
        actors.clock.advance(Duration.ofHours(2));
        while (STORY.isEmpty()) {
            actors.system.tick(); // looks into the store once a second
            actors.runTasks();
        }
        pass(Duration.ofHours(2));
        assertThat(STORY).containsExactly("tick");
        assertThat(store.due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void aCallThatFailsIsNotRepeated() {
        inTurn(actor -> actor.schedule().after(Duration.ZERO, "fail"));
        pass(Duration.ZERO);
        pass(Duration.ofDays(1));
        inTurn(actor -> assertThat(actor.schedule().list()).isEmpty());
        assertThat(new String(store.load(planner).orElseThrow().state())).contains("\"done\":1");
    }

    @Test
    void wrongPlansAreRefused() {
        inTurn(actor -> {
            assertThatThrownBy(() -> actor.schedule().after(Duration.ZERO, "nothing"))
                    .hasMessageContaining("no action nothing");
            assertThatThrownBy(() -> actor.schedule().after(Duration.ofSeconds(-1), "tick"))
                    .hasMessageContaining("negative");
            assertThatThrownBy(() -> actor.schedule().cron("x", "61 * * * *", BERLIN, "tick"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> actor.schedule().cron("x", "0 0 31 2 *", BERLIN, "tick"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(actor.schedule().cancel("x")).isFalse();
        });
    }
}
