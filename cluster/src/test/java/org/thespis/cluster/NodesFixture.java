package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;

/** Nodes over one store, and a net in memory. */
abstract class NodesFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final MemoryNet net = new MemoryNet();
    final StateStore store = new MemoryStateStore();
    final Residents residents = new Residents();
    final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void nobodyLivedTwice() {
        nodes.stream().filter(node -> !node.gone).forEach(TestNode::leave);
        assertThat(residents.doubled()).isEmpty();
    }

    TestNode node(String name) {
        return node(name, ClusterLimits.defaults());
    }

    TestNode node(String name, ClusterLimits limits) {
        return node(name, limits, null);
    }

    TestNode node(String name, ClusterLimits limits, Lease lease) {
        TestNode node = new TestNode(net.port(name), store, residents, limits, lease).start();
        nodes.add(node);
        settled();
        return node;
    }

    void settled() {
        await("all nodes have what is theirs", () -> nodes.stream()
                .allMatch(node -> node.gone || node.relay.isSettled()));
    }

    static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An actor that lives on that node. */
    String actorOn(TestNode node, TestNode asks) throws Exception {
        for (int i = 0; ; i++) {
            String id = asks.actor("k" + i);
            asks.call(id, "entries");
            if (residents.node(id) == node) {
                return id;
            }
        }
    }
}
