package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.runtime.commit.MemoryStateStore;

/** The store can be put out of order. */
class TestStoreTest {

    private final MemoryStateStore given = new MemoryStateStore();

    @RegisterExtension
    final TestKit kit =
            TestKit.of(Notebook.class, Alarm.class, Alarm.Late.class).withStore(given);

    private final TestActor book = kit.actor("notebook", "a");
    private final TestActor alarm = kit.actor("alarm", "a");

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void whatCannotBeSavedIsToldAndWasNeverDone() {
        TestConnection client = alarm.connect().on("rung");
        kit.store().fail();
        assertCode("service_unavailable", () -> client.call("ring"));
        assertThat(client).receivedNo("rung").isClosedFor("guard.service_unavailable");
        kit.store().heal();
        TestConnection again = alarm.connect().on("rung");
        again.call("ring");
        assertThat(again).received("rung", 1);
    }

    @Test
    void whatOnlyReadsIsAnsweredWhileTheStoreFails() {
        TestConnection client = book.connect();
        kit.store().fail();
        assertThat(client.call(String.class, "last")).isEqualTo("nothing");
        assertCode("service_unavailable", () -> kit.actor("notebook", "b").connect());
    }

    @Test
    void whatHangsIsUnknownToItsCallerAndGoesOnAfterwards() {
        TestConnection client = book.connect();
        kit.store().hang();
        assertCode("outcome_unknown", () -> client.call("write", "one"));
        kit.store().heal();
        kit.settle(); // so that what hung has come through before somebody looks
        assertThat(client).isClosedFor("guard.service_unavailable");
        assertThat(book.connect().call(String.class, "last")).isEqualTo("one");
    }

    @Test
    void timeGoesOnWhileTheStoreHangs() {
        TestConnection client = alarm.connect();
        client.call("after", Duration.ofHours(1));
        kit.store().hang();
        kit.clock().advance(Duration.ofHours(2));
        kit.store().heal();
        assertThat(client.call(int.class, "count")).isEqualTo(1);
    }

    @Test
    void whoCannotBeWokenWhileTheStoreFailsIsWokenLater() {
        alarm.connect().call("after", Duration.ofHours(1));
        kit.restart();
        Instant planned = kit.clock().instant().plus(Duration.ofHours(1));
        kit.store().fail();
        kit.clock().advance(Duration.ofHours(2));
        kit.store().heal();
        kit.clock().advance(Duration.ofMinutes(20));
        assertThat(alarm.connect().call(int.class, "count")).isEqualTo(1);
        assertThat(kit.clock().instant()).isAfter(planned);
    }

    @Test
    void aKitFindsWhatAnotherOneLeftInTheStore() throws Exception {
        alarm.connect().call("after", Duration.ofDays(3));
        kit.restart();
        TestStore other = new TestStore(given);
        long now = kit.clock().instant().toEpochMilli();
        long day = Duration.ofDays(1).toMillis();
        assertThat(other.nextWake(now, 0)).isEqualTo(now + 3 * day);
        assertThat(other.nextWake(now, day)).isEqualTo(now + 2 * day);
        assertThat(other.nextWake(now + 3 * day, 0)).isEqualTo(Long.MAX_VALUE);
    }
}
