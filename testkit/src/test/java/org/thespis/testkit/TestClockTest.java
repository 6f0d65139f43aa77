package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;

/** The time of the actors is in the hand of the test. */
class TestClockTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final int MAX_MONTHS = 200;
    private static final TypeLiteral<List<Instant>> INSTANTS = new TypeLiteral<>() {};
    private static final TypeLiteral<List<Integer>> NUMBERS = new TypeLiteral<>() {};

    @RegisterExtension
    final TestKit kit = TestKit.of(Alarm.class, Alarm.Late.class).startingAt(START);

    private TestActor alarm;

    @BeforeEach
    void begin() {
        Alarm.gate = new CountDownLatch(1);
        alarm = kit.actor("alarm", "a");
    }

    @AfterEach
    void end() {
        Alarm.gate.countDown();
    }

    private <T> T ask(Class<T> result, String action, Object... arguments) {
        try (TestConnection client = alarm.connect()) {
            return client.call(result, action, arguments);
        }
    }

    private <T> T ask(TypeLiteral<T> result, String action) {
        try (TestConnection client = alarm.connect()) {
            return client.call(result, action);
        }
    }

    @Test
    void aMonthOfCronRunsAtItsTimesFromSleepToSleep() {
        ask(void.class, "every", "0 3 * * *");
        kit.clock().advance(MONTH);
        assertThat(kit.clock().instant()).isEqualTo(START.plus(MONTH));
        assertThat(alarm.isAwake()).isFalse();
        assertThat(ask(INSTANTS, "rung"))
                .containsExactlyElementsOf(LongStream.range(0, 30)
                        .mapToObj(day -> START.plus(Duration.ofDays(day)).plus(Duration.ofHours(3)))
                        .toList());
        assertThat(ask(NUMBERS, "life")).as("woken with each plan, and for us").containsExactly(32, 31);
    }

    @Test
    void aMonthOfHourlyCronRunsInOneGo() {
        ask(void.class, "tickEvery", "0 * * * *");
        kit.clock().advance(MONTH);
        assertThat(ask(int.class, "ticks")).isEqualTo(720);
    }

    @Test
    void aMonthOfCronTakesLessThanATenthOfASecond() {
        ask(void.class, "tickEvery", "0 3 * * *");
        assertThat(bestMonth("daily")).isLessThan(TENTH);
    }

    @Test
    void aMonthOfHourlyCronTakesLessThanATenthOfASecond() {
        ask(void.class, "tickEvery", "0 * * * *");
        assertThat(bestMonth("hourly")).isLessThan(TENTH);
    }

    /** The best of many, as what else the machine does is not ours. */
    private Duration bestMonth(String what) {
        Duration first = month();
        Duration best = first;
        for (int i = 0; i < MAX_MONTHS && best.compareTo(TENTH) >= 0; i++) {
            Duration next = month();
            best = next.compareTo(best) < 0 ? next : best;
        }
        System.out.println("a month of " + what + " cron: " + first.toMillis() + " ms the first time, then "
                + best.toMillis() + " ms");
        return best;
    }

    private Duration month() {
        long begin = System.nanoTime();
        kit.clock().advance(MONTH);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aClientHearsWhatWasPlanned() {
        TestConnection client = alarm.connect().on("rung");
        client.call("after", Duration.ofMinutes(5));
        kit.clock().advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(client).receivedNo("rung");
        kit.clock().advance(Duration.ofNanos(1));
        assertThat(client).received("rung", 1);
        assertThat(client.call(INSTANTS, "rung")).containsExactly(START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void manyActorsRunInTheOrderOfTheirPlans() {
        TestActor other = kit.actor("alarm", "b");
        ask(void.class, "every", "10 * * * *");
        other.connect().call("every", "20 * * * *");
        kit.clock().advance(Duration.ofMinutes(15));
        assertThat(ask(int.class, "count")).isEqualTo(1);
        assertThat(other.connect().call(int.class, "count")).isZero();
        kit.clock().advanceTo(START.plus(Duration.ofMinutes(20)));
        assertThat(other.connect().call(int.class, "count")).isEqualTo(1);
    }

    @Test
    void anIdleActorFallsAsleepWhenItsTimeIsOverAndNotBefore() {
        ask(int.class, "count");
        kit.clock().advance(Duration.ofSeconds(30));
        assertThat(alarm.isAwake()).isTrue();
        kit.clock().advance(Duration.ofNanos(1));
        assertThat(alarm.isAwake()).isFalse();
    }

    @Test
    void aConnectionKeepsAnActorAwake() {
        TestConnection client = alarm.connect();
        kit.clock().advance(MONTH);
        assertThat(alarm.isAwake()).isTrue();
        client.close();
        kit.clock().advance(Duration.ofMinutes(1));
        assertThat(alarm.isAwake()).isFalse();
    }

    @Test
    void workThatIsWaitedForKeepsAnActorForItsGrace() {
        ask(void.class, "workOn");
        kit.clock().advance(Duration.ofSeconds(31));
        assertThat(alarm.isAwake()).isTrue();
        kit.clock().advance(Duration.ofSeconds(30));
        assertThat(alarm.isAwake()).isFalse();
    }

    @Test
    void anActionThatNeverCompletesIsTimedOutByTheClock() {
        TestConnection client = alarm.connect();
        CompletableFuture<Object> answer = client.start("never");
        kit.clock().advance(Duration.ofSeconds(59));
        assertThat(answer).isNotDone();
        kit.clock().advance(Duration.ofSeconds(1));
        assertCode(answer, "action_timed_out");
    }

    @Test
    void timeAdvancesWhileATurnBlocks() throws Exception {
        TestConnection client = alarm.connect();
        CompletableFuture<Object> answer = client.start("block");
        kit.clock().advance(Duration.ofMinutes(2));
        assertCode(answer, "action_timed_out");
        CompletableFuture<Object> behind = client.start("count");
        assertThat(behind).isNotDone();
        Alarm.gate.countDown();
        assertThat(behind.get(1, TimeUnit.MINUTES)).isEqualTo(0);
    }

    @Test
    void aPlanThatFallsDueWhileATurnBlocksIsCalledOnceBehindIt() {
        TestConnection client = alarm.connect().on("rung");
        client.call("every", "0 * * * *");
        client.start("block");
        kit.clock().advance(Duration.ofHours(5));
        assertThat(client).receivedNo("rung");
        Alarm.gate.countDown();
        assertThat(client).received("rung", 1);
        assertThat(client.events(int.class, "rung")).containsExactly(1);
    }

    @Test
    void othersGoOnWhileOneBlocks() {
        alarm.connect().start("block");
        TestConnection other = kit.actor("alarm", "b").connect().on("rung");
        other.call("every", "0 * * * *");
        kit.clock().advance(Duration.ofHours(5));
        assertThat(other.events(int.class, "rung")).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void theClockDoesNotGoBack() {
        assertThatThrownBy(() -> kit.clock().advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
    }

    private static void assertCode(CompletableFuture<Object> answer, String code) {
        assertThat(answer)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        ActorCallException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
