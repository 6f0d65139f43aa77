package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.runtime.commit.MemoryStateStore;

/** Who leaves in order has answered what it was asked. */
class LastWordsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch reads = new CountDownLatch(1);
    private final List<byte[]> sent = new CopyOnWriteArrayList<>();

    /** A node that reads when it likes. */
    private final Links links = new Links() {
        @Override
        public String self() {
            return "a";
        }

        @Override
        public void start(Listener listener) {
            listener.members(new Members(1, List.of("a", "b"), true));
        }

        @Override
        public void send(String node, byte[] message) throws InterruptedException {
            reads.await();
            sent.add(message);
        }

        @Override
        public void close() {
            sentBeforeTheEnd = sent.size();
        }
    };

    private final Lines lines = new Lines(links, 1_000_000, TestNode::daemon, node -> {});
    private volatile int sentBeforeTheEnd;

    @AfterEach
    void end() {
        lines.closeAll();
    }

    @Test
    void whatWasBroughtIsOnItsWayBeforeTheLinesEnd() throws Exception {
        lines.open("b");
        for (int i = 0; i < 100; i++) {
            lines.send("b", Kind.OUTPUT, new byte[] {1});
        }
        TestNode.daemon(reads::countDown).start();
        lines.awaitSent(LONG);
        assertThat(sent).hasSize(100);
    }

    @Test
    void aNodeThatDoesNotReadIsNotWaitedForLonger() throws Exception {
        lines.open("b");
        lines.send("b", Kind.OUTPUT, new byte[] {1});
        lines.awaitSent(Duration.ofMillis(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void theNodeThatClosesHasSentWhatItSaid() {
        TestNode node = new TestNode(links, new MemoryStateStore(), new Residents(), ClusterLimits.defaults());
        node.start(); // says what it has to the other one
        TestNode.daemon(reads::countDown).start();
        node.relay.close();
        assertThat(sentBeforeTheEnd).isPositive();
    }
}
