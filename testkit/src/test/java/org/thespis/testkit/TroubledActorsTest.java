package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.api.ActorCallException;
import org.thespis.api.Actors;
import org.thespis.testkit.Troubled.Trouble;

/** Whatever hooks and plans of an actor do, a test ends, and says why. */
@Timeout(60)
class TroubledActorsTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofDays(30);

    @RegisterExtension
    final TestKit kit = TestKit.of(Troubled.class).withPatience(SHORT);

    @Inject
    Actors actors;

    private final TestActor troubled = kit.actor("troubled", "a");

    @BeforeEach
    void begin() {
        Troubled.gate = new CountDownLatch(1);
        Troubled.meeting = new CountDownLatch(2);
        Troubled.inCreate = Trouble.NONE;
        Troubled.inWake = Trouble.NONE;
        Troubled.inSleep = Trouble.NONE;
    }

    @AfterEach
    void end() {
        Troubled.gate.countDown();
    }

    private static void assertInternal(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.group() + "." + e.code())
                        .isEqualTo("rivetkit.internal_error"));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROWS", "OVERFLOWS"})
    void whatBreaksInOnCreateIsToldToWhoConnectsAndThereIsNoActor(Trouble trouble) {
        Troubled.inCreate = trouble;
        assertInternal(troubled::connect);
        assertThat(actors.type("troubled").exists("a").toCompletableFuture().join())
                .isFalse();
        Troubled.inCreate = Trouble.NONE;
        assertThat(troubled.connect().call(int.class, "count")).isEqualTo(1);
    }

    @Test
    void anOnCreateThatBlocksFailsTheTestAndShowsWhere() {
        Troubled.inCreate = Trouble.BLOCKS;
        assertThatThrownBy(troubled::connect)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the creation of troubled/a takes longer than 1000 ms of the machine's time")
                .hasMessageContaining("at org.thespis.testkit.Troubled.create(Troubled.java:");
    }

    private void fallAsleep() {
        try (TestConnection client = troubled.connect()) {
            client.call("count");
        }
        kit.sleep(troubled);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROWS", "OVERFLOWS"})
    void whatBreaksInOnWakeIsToldToWhoConnectsAndMendsWithIt(Trouble trouble) {
        fallAsleep();
        Troubled.inWake = trouble;
        assertThatThrownBy(troubled::connect).isInstanceOf(ActorCallException.class);
        Troubled.inWake = Trouble.NONE;
        assertThat(troubled.connect().call(int.class, "count")).isEqualTo(2);
    }

    @Test
    void anOnWakeThatBlocksFailsTheTestAndShowsWhere() {
        fallAsleep();
        Troubled.inWake = Trouble.BLOCKS;
        assertThatThrownBy(troubled::connect)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1000 ms of the machine's time")
                .hasMessageContaining("at org.thespis.testkit.Troubled.wake(Troubled.java:");
    }

    @Test
    void anOnSleepThatBlocksFailsTheTestAndShowsWhere() {
        troubled.connect().close();
        Troubled.inSleep = Trouble.BLOCKS;
        assertThatThrownBy(() -> kit.sleep(troubled))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("troubled/a stays awake")
                .hasMessageContaining("at org.thespis.testkit.Troubled.sleep(Troubled.java:");
    }

    @Test
    void anActorThatCannotBeWokenForItsPlanDoesNotHoldUpTime() {
        try (TestConnection client = troubled.connect()) {
            client.call("planThe", "count");
        }
        kit.sleep(troubled);
        Troubled.inWake = Trouble.THROWS;
        kit.clock().advance(Duration.ofHours(2));
        Troubled.inWake = Trouble.NONE;
        kit.clock().advance(Duration.ofHours(1));
        assertThat(troubled.connect().call(int.class, "count")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aPlanThatBreaksDoesNotHoldUpTimeNorOthers(Plan plan) {
        TestConnection client = troubled.connect();
        client.call("planThe", plan.action);
        TestConnection other = kit.actor("troubled", "b").connect();
        other.call("planThe", "count");
        kit.clock().advance(Duration.ofDays(1));
        assertThat(other.call(int.class, "count")).isEqualTo(2);
    }

    enum Plan {
        NEVER_ENDS("never"),
        THROWS("fail");

        private final String action;

        Plan(String action) {
            this.action = action;
        }
    }

    @Test
    void aPlanThatSpinsFailsTheTestAndShowsWhere() {
        troubled.connect().call("planThe", "spin");
        assertThatThrownBy(() -> kit.clock().advance(Duration.ofDays(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the actors do not come to rest within 1000 ms of the machine's time")
                .hasMessageContaining("at org.thespis.testkit.Troubled.spin(Troubled.java:");
    }

    @Test
    void plansThatWaitForEachOtherGoOn() {
        TestConnection one = troubled.connect();
        TestConnection other = kit.actor("troubled", "b").connect();
        one.call("planThe", "meet");
        other.call("planThe", "meet");
        kit.clock().advance(Duration.ofHours(1));
        assertThat(one.call(int.class, "count")).isEqualTo(2);
        assertThat(other.call(int.class, "count")).isEqualTo(2);
    }

    @Test
    void whatIsPlannedForNowAgainAndAgainFailsTheTest() {
        troubled.connect().start("planAgainAndAgain", 0);
        assertThatThrownBy(() -> kit.clock().advance(LONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the actors do not come to rest");
        kit.crash(); // then all is to be had again
        assertThat(kit.actor("troubled", "b").connect().call(int.class, "count"))
                .isEqualTo(1);
    }
}
