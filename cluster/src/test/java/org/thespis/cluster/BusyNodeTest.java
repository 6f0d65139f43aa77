package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.Output;

/** What takes long on a node keeps nothing else from its time. */
class BusyNodeTest extends NodesFixture {

    @Test
    void creationsThatTakeLongDoNotKeepTheLeaseFromItsBeat() throws Exception {
        Duration ten = Duration.ofSeconds(10);
        Duration leaseTime = Duration.ofMillis(400);
        CountingLease beats = new CountingLease();
        CountDownLatch over = new CountDownLatch(1);
        TestNode a = node("a", new ClusterLimits(ten, ten, ten, leaseTime, 100, 100, 1 << 20), beats);
        a.fillPool(over);
        int before = beats.taken.get();
        try {
            await("the lease beats", () -> beats.taken.get() > before + 4);
        } finally {
            over.countDown();
        }
    }

    @Test
    void aClientWhoseWritingTakesLongKeepsNobodyFromAView() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        TestNode c = node("c");
        String onB = actorOn(b, a);
        String onC = actorOn(c, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        a.connect(onC, "added", told::add);
        List<Output> slow = new CopyOnWriteArrayList<>();
        String client = a.connect(onB, "added", slow::add);
        await("both are open", () -> !told.isEmpty() && !slow.isEmpty());
        a.slow(client);
        b.call(onB, "add", "x");
        try {
            assertThat(a.writing.await(30, TimeUnit.SECONDS)).isTrue();
            c.kill(net);
            await("who was at the dead node is told", () -> told.stream().anyMatch(Output.Closed.class::isInstance));
        } finally {
            a.mayWrite.countDown();
        }
    }
}
