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

    /** The lines of a node that are about to end; meanwhile the others have a view without it. */
    private static final class Ending implements Links {

        private final Links links;
        private final CountDownLatch closing = new CountDownLatch(1);
        private final CountDownLatch mayClose = new CountDownLatch(1);

        private Ending(Links links) {
            this.links = links;
        }

        @Override
        public String self() {
            return links.self();
        }

        @Override
        public String address(String node) {
            return links.address(node);
        }

        @Override
        public void start(Listener listener) {
            links.start(listener);
        }

        @Override
        public void send(String node, byte[] frame) throws InterruptedException {
            links.send(node, frame);
        }

        @Override
        public void close() {
            closing.countDown();
            try {
                mayClose.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            links.close();
        }
    }

    @Test
    void whoLeavesDoesNotRenewItAnyMoreAsItsLinesEnd() throws Exception {
        CountingLease lease = new CountingLease();
        Ending links = new Ending(net.port("a"));
        TestNode a = new TestNode(links, store, residents, LIMITS, lease).start();
        await("the lease beats", () -> lease.taken.get() > 0);
        Thread leave = TestNode.daemon(a::leave);
        leave.start();
        assertThat(links.closing.await(30, TimeUnit.SECONDS)).isTrue();
        int before = lease.taken.get();
        int then = a.ticks.get();
        await("it would have been renewed some times", () -> a.ticks.get() > then + 100);
        links.mayClose.countDown();
        leave.join(30_000);
        assertThat(leave.isAlive()).isFalse();
        assertThat(lease.taken.get()).isLessThanOrEqualTo(before + 1); // one may have been under way
    }
}
