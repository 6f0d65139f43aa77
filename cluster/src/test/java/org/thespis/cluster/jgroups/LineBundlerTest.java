package org.thespis.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineBundlerTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String CLUSTER = "ended";

    @TempDir
    Path folder;

    private static List<Thread> writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pd-bundler")
                        && thread.getName().contains(CLUSTER))
                .toList();
    }

    @Test
    void whatIsSentAfterTheEndStartsNoThread() throws Exception {
        int port = PortsForTests.free();
        LineBundler bundler = new LineBundler();
        JChannel channel = new JChannel(Stack.of(
                new JGroupsSettings(
                        CLUSTER,
                        HERE,
                        port,
                        new Discovery.Hosts(List.of(new InetSocketAddress(HERE, port))),
                        KeysForTests.read(KeysForTests.make(folder, "cluster")),
                        Duration.ofSeconds(10)),
                bundler));
        try {
            channel.connect(CLUSTER);
            bundler.send(new BytesMessage(null, new byte[1]));
            assertThat(writers()).isNotEmpty();
        } finally {
            channel.close();
        }
        JGroupsLinksTest.await("the threads end", () -> writers().isEmpty());
        bundler.send(new BytesMessage(null, new byte[1])); // an answer to who asks whether this node is dead
        assertThat(writers()).isEmpty();
    }
}
