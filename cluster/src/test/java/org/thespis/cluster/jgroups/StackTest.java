package org.thespis.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {

    @TempDir
    static Path folder;

    @Test
    void nothingOfANodeIsLeftWithTheServerWhenItsApplicationEnds() throws Exception {
        JGroupsSettings settings = new JGroupsSettings(
                "c",
                InetAddress.getLoopbackAddress(),
                7800,
                new Discovery.Database(new JdbcDataSource()),
                KeysForTests.read(KeysForTests.make(folder, "cluster")),
                Duration.ofSeconds(10));
        List<Protocol> stack = Stack.of(settings, new LineBundler());
        assertThat(stack)
                .filteredOn(JDBC_PING2.class::isInstance)
                .singleElement()
                .matches(discovery -> !((JDBC_PING2) discovery).registerShutdownHook());
    }
}
