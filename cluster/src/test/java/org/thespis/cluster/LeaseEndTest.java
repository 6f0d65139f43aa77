package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The threads of the lease when their node ends. */
class LeaseEndTest extends NodesFixture {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final ClusterLimits LIMITS =
            new ClusterLimits(TEN, TEN, TEN, Duration.ofMillis(400), 100, 100, 1 << 20);

    /** A database whose answer to a read takes long, and that is not interrupted. */
    private static final class Slow extends CountingLease {

        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean slow;

        @Override
        public Optional<Row> read() {
            if (slow) {
                synchronized (this) {
                    threads.add(Thread.currentThread());
                }
                reading.countDown();
                while (mayAnswer.getCount() > 0) {
                    try {
                        mayAnswer.await();
                    } catch (InterruptedException e) {
                        // a driver reads on
                    }
                }
            }
            return super.read();
        }
    }

    @Test
    void whoReadTheLeaseWhileItsNodeEndedDoesNotRenewIt() throws Exception {
        Slow lease = new Slow();
        TestNode a = node("a", LIMITS, lease);
        await("the lease beats", () -> lease.taken.get() > 0);
        lease.slow = true;
        assertThat(lease.reading.await(30, TimeUnit.SECONDS)).isTrue();
        a.leave();
        int before = lease.taken.get();
        lease.mayAnswer.countDown();
        for (Thread thread : lease.threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(lease.taken.get()).isEqualTo(before);
    }
}
