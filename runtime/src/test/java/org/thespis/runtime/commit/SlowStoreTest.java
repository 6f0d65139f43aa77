package org.thespis.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreException;

/** A store that refuses slowly: who is behind it is told in time. */
class SlowStoreTest extends CommitFixture {

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void removalsThatTheStoreRefusesSlowlyDoNotKeepOthersFromBeingWritten() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch deleting = new CountDownLatch(1);
        script = writes -> {
            if (has(writes, "z")) {
                blocked.countDown();
                release.await();
            }
            return memory.write(writes);
        };
        deletes = () -> { // such as rows that somebody has locked
            deleting.countDown();
            pause(PATIENCE.toMillis() / 2);
            throw new StoreException("locked", null);
        };
        one("z").become("1");
        blocked.await();
        for (int i = 0; i < 10; i++) {
            one("removed" + i).state.delete();
        }
        release.countDown();
        deleting.await();
        One good = one("good");
        good.become("1");
        assertThat(happens(() -> good.isStored("1") || good.lost != null)).isTrue();
        assertThat(good.lost).isNull();
    }

    @Test
    void whoseBatchFailsSlowlyIsToldWhenItsPatienceIsOver() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        script = writes -> {
            if (has(writes, "z")) {
                blocked.countDown();
                release.await();
                return memory.write(writes);
            }
            pause(PATIENCE.toMillis() * 3 / 4); // the time-out of a connection
            throw new StoreException("down", null);
        };
        one("z").become("1");
        blocked.await();
        for (int i = 0; i < 8; i++) {
            one("x" + i).become("1");
        }
        One last = one("last");
        last.become("1");
        long since = System.nanoTime();
        release.countDown();
        assertThat(happens(() -> last.lost != null)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(PATIENCE.multipliedBy(3));
    }
}
