package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.UserException;
import org.thespis.runtime.settings.ReferenceSettings;

/** Calls from inside the server. */
class ReferencesTest extends ReferencesFixture {

    private ActorReference calling(String key) {
        return actors.type("calling").getOrCreate(key);
    }

    @Test
    void anActorIsCreatedByTheFirstCallAndFoundByTheNext() throws Exception {
        begin(Calling.class);
        assertThat(get(actors.type("calling").exists("a"))).isFalse();
        assertThat(get(calling("a").call("add", 2))).isEqualTo(2);
        assertThat(get(calling("a").call(Integer.class, "add", 3))).isEqualTo(5);
        assertThat(get(actors.type("calling").exists("a"))).isTrue();
        assertThat(get(actors.type("calling").get("a").call("add", 0))).isEqualTo(5);
    }

    @Test
    void whoOnlyGetsAnActorCreatesNone() throws Exception {
        begin(Calling.class);
        assertThat(failure(actors.type("calling").get("a").call("add", 1))).isEqualTo("actor.not_found");
        assertThat(failure(actors.type("calling").byId("none").call("add", 1))).isEqualTo("actor.not_found");
        assertThat(get(actors.type("calling").exists("a"))).isFalse();
    }

    @Test
    void anActorOfAnotherTypeIsNotFoundByItsId() throws Exception {
        begin(Calling.class);
        String id = made("b");
        assertThat(failure(actors.type("calling").byId(id).call("add", 1))).isEqualTo("actor.not_found");
        assertThat(get(actors.type("scripted").byId(id).call("add", 1))).isEqualTo(1);
    }

    @Test
    void aTypeOrActionThatIsNotThereIsNamedBeforeAnActorIsCreated() throws Exception {
        begin(Calling.class);
        assertThat(failure(actors.type("none").getOrCreate("a").call("add"))).isEqualTo("actor.type_not_found");
        assertThat(failure(actors.type("none").exists("a"))).isEqualTo("actor.type_not_found");
        assertThat(failure(calling("a").call("none"))).isEqualTo("actor.action_not_found");
        assertThat(get(actors.type("calling").exists("a"))).isFalse();
    }

    @Test
    void aKeyIsCreatedOnce() throws Exception {
        begin(Calling.class);
        get(actors.type("calling").create(ActorKey.of("a"), null));
        assertThat(failure(actors.type("calling").create(ActorKey.of("a"), null)))
                .isEqualTo("actor.duplicate_key");
        assertThat(get(actors.type("calling").get("a").call("add", 1))).isEqualTo(1);
    }

    @Test
    void aKeyThatIsTooLongOrNoTextIsRefused() {
        begin(patient(), limits(LONG, 10, 10, 10), Calling.class);
        assertThat(failure(calling("a".repeat(65)).call("add", 1))).isEqualTo("actor.key_too_long");
        assertThat(failure(calling("\ud800").call("add", 1))).isEqualTo("actor.invalid_key");
    }

    @Test
    void whatAUserExceptionSaysComesWhole() {
        begin(Calling.class);
        Throwable thrown = catchThrowable(() -> get(calling("a").call("fail"))).getCause();
        assertThat(thrown).isInstanceOf(ActorCallException.class).hasMessage("Not this one");
        assertThat(code(thrown)).isEqualTo("user.no");
        assertThat(((ActorCallException) thrown).metadata()).isEqualTo(Map.of("why", "because"));
    }

    @Test
    void anyOtherExceptionOfTheActorIsHidden() {
        begin();
        script.act = self -> {
            throw new IllegalStateException("secret");
        };
        Throwable thrown = catchThrowable(() -> scripted("a").blocking().call("act"));
        assertThat(code(thrown)).isEqualTo("rivetkit.internal_error");
        assertThat(thrown).hasMessageNotContaining("secret");
    }

    @Test
    void argumentsAndResultsAreCopies() throws Exception {
        begin(Calling.class);
        Map<String, Object> mine = new HashMap<>(Map.of("a", 1));
        CompletionStage<Object> call = calling("a").call("keep", mine);
        mine.put("b", 2);
        get(call);
        assertThat(mine).containsOnlyKeys("a", "b");
        @SuppressWarnings("unchecked")
        Map<String, Object> kept = (Map<String, Object>) get(calling("a").call("kept"));
        assertThat(kept).containsOnlyKeys("a", "mine");
        kept.clear();
        assertThat((Map<?, ?>) get(calling("a").call("kept"))).hasSize(2);
    }

    /** Writing it breaks, in one way or another. */
    public static class Stubborn {
        public String getText() {
            throw new StackOverflowError();
        }
    }

    @Test
    void anArgumentThatCannotBeWrittenHarmsItsCallerOnly() throws Exception {
        begin(Calling.class);
        assertThat(failure(calling("a").call("add", new Stubborn()))).isEqualTo("message.outgoing_unencodable");
        assertThat(code(catchThrowable(() -> calling("a").blocking().call("add", new Stubborn()))))
                .isEqualTo("message.outgoing_unencodable");
        calling("a").tell("add", new Stubborn());
        assertThatThrownBy(() -> calling("a").withParameters(new Stubborn()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> actors.type("calling").getOrCreate(ActorKey.of("a"), new Stubborn()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(get(calling("a").call("add", 1))).isEqualTo(1);
    }

    @Test
    void argumentsAreBoundedAsThoseOfClientsAre() throws Exception {
        ReferenceSettings few = new ReferenceSettings(LONG, 100, 100, 100, 100, 64, 1_000);
        begin(patient(), few, Calling.class);
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        List<Object> refused =
                List.of("x".repeat(1_001), deep, BigInteger.TWO.pow(5_000), new BigDecimal("1e999999999"));
        for (Object argument : refused) {
            assertThat(failure(calling("a").call("keep", Map.of("a", argument))))
                    .isEqualTo("message.outgoing_unencodable");
            assertThatThrownBy(() -> calling("a").blocking().call("keep", Map.of("a", argument)))
                    .isInstanceOf(ActorCallException.class);
            assertThatThrownBy(() -> actors.type("calling").create(ActorKey.of("b"), argument))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the input cannot be written: ");
            assertThatThrownBy(() -> calling("a").withParameters(argument))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the parameters cannot be written: ");
            calling("a").tell("keep", Map.of("a", argument)); // one way: it is logged
        }
        assertThat(get(actors.type("calling").exists("a")))
                .as("nobody was asked")
                .isFalse();
        assertThat(failure(calling("a").call("keep", Map.of("a", "x".repeat(600), "b", "x".repeat(600)))))
                .isEqualTo("message.outgoing_unencodable");
        assertThat(get(calling("a").call("keep", Map.of("a", "x".repeat(900))))).isNotNull();
    }

    @Test
    void anArgumentThatDoesNotFitIsNamed() {
        begin(Calling.class);
        assertThat(failure(calling("a").call("add", "x"))).isEqualTo("actor.invalid_argument");
    }

    @Test
    void aResultThatDoesNotFitIsNamed() {
        begin(Calling.class);
        assertThat(failure(calling("a").call(Calling.Point.class, "add", 1))).isEqualTo("actor.invalid_result");
        assertThat(failure(calling("a").call(int.class, "kept"))).isEqualTo("actor.invalid_result");
    }

    @Test
    void theCallersPrincipalGoesAlong() throws Exception {
        begin(Calling.class);
        assertThat(get(calling("a").call("user"))).isEqualTo("ann");
    }

    @Test
    void connectionParametersAreThoseOfTheReference() throws Exception {
        begin(Calling.class);
        assertThat(get(calling("a").withParameters(Map.of("a", "b")).call("parameter")))
                .isEqualTo("{a=b}");
        assertThat(get(calling("a").call("parameter"))).isEqualTo("null");
    }

    @Test
    void anActorThatRefusesTheCallerIsNotCreatedForIt() throws Exception {
        begin(Calling.class);
        assertThat(failure(calling("a").withParameters(Map.of("refuse", true)).call("add", 1)))
                .isEqualTo("user.refused");
        assertThat(get(actors.type("calling").exists("a"))).isFalse();
    }

    @Test
    void whoWaitsIsToldWhenTheTimeIsOver() {
        begin(Calling.class);
        Throwable thrown = catchThrowable(
                () -> calling("a").blocking(Duration.ofMillis(20)).call("never"));
        assertThat(code(thrown)).isEqualTo("actor.call_timed_out");
        assertThat(thrown).hasMessageContaining("20 ms");
        await("nothing of the call is kept", () -> references.open() == 0);
    }

    @Test
    void theDefaultTimeToWaitIsASetting() {
        begin(patient(), limits(Duration.ofMillis(20), 10, 10, 10), Calling.class);
        assertThat(code(catchThrowable(() -> calling("a").blocking().call("never"))))
                .isEqualTo("actor.call_timed_out");
    }

    @Test
    void aTurnNeverRunsInTheThreadOfItsCaller() throws Exception {
        begin();
        get(scripted("a").call("act"));
        script.steps.clear();
        scripted("a").blocking().call("act");
        scripted("a").tell("act");
        await("it was told", () -> script.count("act") == 2);
        assertThat(script.threads("act")).containsOnly("pool");
    }

    @Test
    void stagesCompleteOnThreadsThatMayBeBlocked() throws Exception {
        begin();
        AtomicReference<String> thread = new AtomicReference<>();
        get(scripted("a")
                .call("act")
                .thenRun(() -> thread.set(Thread.currentThread().getName())));
        assertThat(thread.get()).isIn("callbacks", "main"); // main if it was there already
        get(scripted("a")
                .call("act")
                .thenRunAsync(() -> thread.set(Thread.currentThread().getName())));
        assertThat(thread.get()).isEqualTo("callbacks");
    }

    @Test
    void callsOfOneThreadComeInTheirOrderAlsoWhileTheActorIsMade() throws Exception {
        begin();
        CountDownLatch creating = new CountDownLatch(1);
        script.onCreate = self -> {
            creating.countDown();
            block();
        };
        StringBuilder order = new StringBuilder();
        script.act = self -> order.append('a');
        script.give = self -> order.append('g').toString();
        scripted("a").tell("act");
        creating.await();
        scripted("a").tell("give");
        scripted("a").tell("act");
        CompletionStage<Object> last = scripted("a").call("give");
        release.countDown();
        assertThat(get(last)).isEqualTo("agag");
    }

    @Test
    void aSleepingActorIsWoken() throws Exception {
        begin(sleepy(), ReferenceSettings.defaults());
        get(scripted("a").call("add", 2));
        String id = system.find("scripted", ActorKey.of("a")).orElseThrow().id();
        await("it sleeps", () -> system.instance(id) == null);
        assertThat(get(scripted("a").call("get"))).isEqualTo(2);
    }

    @Test
    void aDestroyedActorIsCreatedAnewOrNotFound() throws Exception {
        begin(Calling.class);
        ActorReference made = calling("a");
        ActorReference got = actors.type("calling").get("a");
        assertThat(get(made.call("add", 2))).isEqualTo(2);
        get(made.destroy());
        assertThat(get(actors.type("calling").exists("a"))).isFalse();
        assertThat(failure(got.call("add", 1))).isEqualTo("actor.not_found");
        assertThat(get(made.call("add", 1))).isEqualTo(1);
        get(made.call("destroy"));
        assertThat(get(made.call("add", 1))).isEqualTo(1);
        get(actors.type("calling").get("nobody").destroy());
    }

    @Test
    void aCallOfAnInstanceThatWasFencedOffIsTriedAgain() throws Exception {
        begin();
        get(scripted("a").call("add", 1));
        String id = system.find("scripted", ActorKey.of("a")).orElseThrow().id();
        var now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new org.thespis.api.spi.StateStore.Write(
                id, now.version(), now.state(), java.util.OptionalLong.empty())));
        assertThat(get(scripted("a").call("add", 1))).isEqualTo(2);
    }

    @Test
    void aStoreThatIsOutOfReachIsTold() throws Exception {
        begin();
        store.down = true;
        assertThat(failure(scripted("a").call("act"))).isEqualTo("guard.service_unavailable");
        assertThat(failure(actors.type("scripted").exists("a"))).isEqualTo("guard.service_unavailable");
        store.down = false;
        get(scripted("a").call("act"));
    }

    @Test
    void aHundredThousandTellsAreDoneOrRefusedAndNothingIsKept() throws Exception {
        begin(Calling.class);
        get(calling("a").call("add", 0));
        for (int i = 0; i < 100_000; i++) {
            calling("a").tell("add", 1);
        }
        await("all are over", () -> references.open() == 0);
        assertThat((Integer) get(calling("a").call("add", 0))).isBetween(1_000, 100_000);
    }

    @Test
    void noMoreCallsAreOpenThanMay() throws Exception {
        begin(patient(), limits(LONG, 3, 10, 10), Calling.class);
        for (int i = 0; i < 3; i++) {
            calling("a").call("never");
        }
        assertThat(failure(calling("a").call("add", 1))).isEqualTo("guard.too_many_calls");
        assertThat(references.open()).isEqualTo(3);
    }

    @Test
    void noMoreWaitsForAnActorThatIsMadeThanMay() throws Exception {
        begin(patient(), limits(LONG, 100, 10, 5));
        CountDownLatch creating = new CountDownLatch(1);
        script.onCreate = self -> {
            creating.countDown();
            block();
        };
        CompletionStage<Object> first = scripted("a").call("act");
        creating.await();
        for (int i = 0; i < 5; i++) {
            scripted("a").tell("act");
        }
        assertThat(failure(scripted("a").call("act"))).isEqualTo("actor.overloaded");
        release.countDown();
        get(first);
    }

    @Test
    void whoWaitsWhenTheActorsStopIsTold() {
        begin(Calling.class);
        CompletionStage<Object> waiting = calling("a").call("never");
        await("it runs", () -> references.open() == 1);
        references.close();
        assertThat(failure(waiting)).isEqualTo("guard.service_unavailable");
        assertThat(failure(calling("a").call("add", 1))).isEqualTo("guard.service_unavailable");
        references = null; // as after an undeployment
        assertThat(failure(calling("a").call("add", 1))).isEqualTo("guard.service_unavailable");
        assertThat(code(catchThrowable(() -> calling("a").tell("add", 1)))).isEqualTo("guard.service_unavailable");
        assertThat(code(catchThrowable(() -> calling("a").blocking().call("add", 1))))
                .isEqualTo("guard.service_unavailable");
        assertThat(failure(calling("a").destroy())).isEqualTo("guard.service_unavailable");
        assertThat(failure(actors.type("calling").exists("a"))).isEqualTo("guard.service_unavailable");
    }

    @Test
    void manyThreadsCallOneActor() throws Exception {
        begin(Calling.class);
        AtomicInteger failed = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = named(
                    () -> {
                        for (int i = 0; i < 500; i++) {
                            try {
                                calling("a").blocking().call("add", 1);
                            } catch (RuntimeException e) {
                                failed.incrementAndGet();
                            }
                        }
                    },
                    "caller");
            threads[t].start();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        assertThat(failed).hasValue(0);
        assertThat(get(calling("a").call("add", 0))).isEqualTo(2_000);
    }

    @Test
    void anExceptionOfTheAuthorsInAStageIsItsOwn() {
        begin(Calling.class);
        Throwable thrown = catchThrowable(() -> get(calling("a").call("user").thenApply(user -> {
            throw new UserException("mine");
        })));
        assertThat(thrown).hasCauseInstanceOf(UserException.class);
    }
}
