package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.State;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActionOptions;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.Durations;
import org.thespis.runtime.settings.HookSettings;
import org.thespis.runtime.settings.StateSettings;
import org.thespis.runtime.settings.TypeOption;

/** What is said of one type counts for its actors, and for no others. */
class TypeSettingsTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ActorSettings GENERAL = new ActorSettings(LONG, LONG, SHORT, LONG, LONG, 1_000, 1_000);

    @Actor("plain")
    static class Plain {
        @State
        int count;

        @Action
        int add() {
            return ++count;
        }

        @Action
        CompletionStage<String> never() {
            return new CompletableFuture<>();
        }

        @Action(timeoutMillis = 7)
        void own() {
            // has a limit of its own
        }
    }

    @Actor(
            value = "said",
            actionTimeoutMillis = 1,
            createTimeoutMillis = 2,
            connectTimeoutMillis = 10,
            hookTimeoutMillis = 11,
            sleepTimeoutMillis = Actor.NEVER,
            sleepGraceMillis = 4,
            maxWaitingCalls = 5,
            maxSubscriptions = 6,
            maxStateBytes = 2_048,
            entryCacheBytes = 0,
            entryReadTimeoutMillis = 9,
            executor = "java:comp/Own",
            durability = Durability.PERIODIC)
    static class Said extends Plain {}

    private final MemoryStateStore store = new MemoryStateStore();

    private TestActors system(ActorDefinition... types) {
        return new TestActors(GENERAL, store, null, List.of(types));
    }

    private static ActorDefinition configured(Class<?> type, Map<TypeOption, ?> said) {
        ActorDefinition declared = ActorDefinition.of(type);
        return declared.configured(declared.options().with(said), Map.of());
    }

    private static ActionOptions within(Duration limit) {
        return new ActionOptions(Optional.of(limit), Optional.empty());
    }

    private static ActorSettings settings(TestActors actors, String type) {
        return actors.system.container(type).orElseThrow().settings();
    }

    @Test
    void whatNobodySaysIsAsForAll() {
        assertThat(settings(system(ActorDefinition.of(Plain.class)), "plain")).isEqualTo(GENERAL);
    }

    @Test
    void whatTheAnnotationSaysCountsMoreThanWhatIsForAll() {
        ActorDefinition said = ActorDefinition.of(Said.class);
        assertThat(said.durability()).isEqualTo(Durability.PERIODIC);
        assertThat(said.options().name(TypeOption.EXECUTOR)).contains("java:comp/Own");
        assertThat(settings(system(said), "said"))
                .isEqualTo(new ActorSettings(
                        SHORT,
                        Duration.ofMillis(2),
                        Durations.LONGEST,
                        Duration.ofMillis(4),
                        LONG,
                        5,
                        6,
                        new HookSettings(Duration.ofMillis(10), Duration.ofMillis(11)),
                        new StateSettings(GENERAL.state().verify(), 2_048, 0, Duration.ofMillis(9))));
    }

    @Test
    void whatTheInstallationSaysCountsMost() {
        ActorDefinition said = configured(
                Said.class,
                Map.of(
                        TypeOption.MAX_WAITING_CALLS,
                        50,
                        TypeOption.SLEEP_TIMEOUT,
                        SHORT,
                        TypeOption.DURABILITY,
                        Durability.NONE));
        ActorSettings settings = settings(system(said), "said");
        assertThat(settings.maxWaitingCalls()).isEqualTo(50);
        assertThat(settings.sleepTimeout()).isEqualTo(SHORT);
        assertThat(settings.maxSubscriptions()).isEqualTo(6);
        assertThat(said.durability()).isEqualTo(Durability.NONE);
        assertThat(ActorDefinition.of(Said.class).durability()).isEqualTo(Durability.PERIODIC);
    }

    @Test
    void anActionThatHasALimitOfItsOwnKeepsItUntilTheInstallationNamesIt() {
        ActorDefinition declared = ActorDefinition.of(Plain.class);
        ActorDefinition slower = configured(Plain.class, Map.of(TypeOption.ACTION_TIMEOUT, LONG));
        assertThat(slower.action("own").timeout()).contains(Duration.ofMillis(7));
        ActorDefinition named =
                declared.configured(declared.options(), Map.of("own", within(LONG), "unknown", within(SHORT)));
        assertThat(named.action("own").timeout()).contains(LONG);
        assertThat(named.action("add").timeout()).isEmpty();
        assertThat(named.action("unknown")).isNull();
    }

    @Test
    void anActorThatNeverSleepsStaysWhileOthersGo() {
        TestActors actors = system(ActorDefinition.of(Plain.class), ActorDefinition.of(Said.class));
        actors.actor("said", "a");
        actors.actor("plain", "a");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (actors.system.container("plain").orElseThrow().size() > 0 && System.nanoTime() < end) {
            actors.system.tick();
            actors.runTasks();
        }
        assertThat(actors.system.container("plain").orElseThrow().size()).isZero();
        assertThat(actors.system.container("said").orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void whatChangesCountsForActorsThatLive() {
        ActorDefinition said = ActorDefinition.of(Said.class);
        TestActors actors = system(said);
        actors.actor("said", "a");
        assertThat(overloaded(actors, "said")).isEqualTo(4);
        actors.system.change(GENERAL, List.of(configured(Said.class, Map.of(TypeOption.MAX_WAITING_CALLS, 2))));
        assertThat(overloaded(actors, "said"))
                .as("of 10 more, as those before wait still")
                .isEqualTo(10);
        actors.system.change(GENERAL, List.of(configured(Said.class, Map.of(TypeOption.MAX_WAITING_CALLS, 8))));
        assertThat(overloaded(actors, "said")).isEqualTo(7);
        assertThat(settings(actors, "said").commitTimeout()).isEqualTo(LONG);
    }

    @Test
    void anActorThatNeverSleptDoesSoWhenItsTypeMay() {
        TestActors actors = system(ActorDefinition.of(Said.class));
        actors.actor("said", "a");
        actors.system.tick();
        actors.system.change(GENERAL, List.of(configured(Said.class, Map.of(TypeOption.SLEEP_TIMEOUT, SHORT))));
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (actors.system.container("said").orElseThrow().size() > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            actors.system.tick();
            actors.runTasks();
        }
    }

    @Test
    void whatCannotChangeWhileActorsLiveStays() {
        TestActors actors = system(ActorDefinition.of(Plain.class));
        actors.system.change(
                new ActorSettings(SHORT, LONG, LONG, LONG, SHORT, 3, 1_000), List.of(ActorDefinition.of(Plain.class)));
        assertThat(settings(actors, "plain").actionTimeout()).isEqualTo(SHORT);
        assertThat(settings(actors, "plain").commitTimeout()).isEqualTo(LONG);
    }

    @Test
    void asManyCallsWaitAsTheTypeAllows() {
        TestActors actors = system(
                ActorDefinition.of(Plain.class), configured(Said.class, Map.of(TypeOption.MAX_WAITING_CALLS, 2)));
        assertThat(overloaded(actors, "plain")).isZero();
        assertThat(overloaded(actors, "said"))
                .as("of 10, beside the one that runs and two that wait")
                .isEqualTo(7);
    }

    private static long overloaded(TestActors actors, String type) {
        String actor = actors.actor(type, "a");
        String client = actors.client(actor);
        for (int i = 1; i <= 10; i++) {
            actors.call(actor, client, i, "never");
        }
        actors.runTasks();
        return actors.outputs.stream()
                .filter(output -> output instanceof Output.Failed failure
                        && failure.clientId().equals(client)
                        && failure.error().code().equals("overloaded"))
                .count();
    }

    @Actor(value = "wrong", maxStateBytes = 1_023)
    static class TooSmall {}

    @Actor(value = "wrong", sleepTimeoutMillis = -2)
    static class Negative {}

    @Actor(value = "wrong", entryCacheBytes = -2)
    static class NegativeCache {}

    @Actor(value = "patient", actionTimeoutMillis = Long.MAX_VALUE)
    static class Patient {}

    @Test
    void anAnnotationThatIsOutOfRangeRefusesTheDeployment() {
        assertThatThrownBy(() -> ActorDefinition.of(TooSmall.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessage("THESPIS-210: @Actor on " + TooSmall.class.getName()
                        + ": maxStateBytes must be a whole number from 1024 to 2147483647, was 1023");
        assertThatThrownBy(() -> ActorDefinition.of(Negative.class))
                .hasMessageStartingWith("THESPIS-210")
                .hasMessageContaining("sleepTimeoutMillis must be a duration")
                .hasMessageEndingWith("or never, was -2");
        assertThatThrownBy(() -> ActorDefinition.of(NegativeCache.class))
                .hasMessageContaining("entryCacheBytes must be a whole number from 0 to");
    }

    @Test
    void asMuchTimeAsALongHoldsIsTheLongest() {
        assertThat(settings(system(ActorDefinition.of(Patient.class)), "patient")
                        .actionTimeout())
                .isEqualTo(Durations.LONGEST);
    }
}
