package org.thespis.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.cluster.jgroups.Discovery;
import org.thespis.cluster.jgroups.JGroupsSettings;
import org.thespis.cluster.jgroups.KeysForTests;
import org.thespis.runtime.jndi.JndiSettings;

class ClusterSettingsTest {

    private final DataSource shared = new JdbcDataSource();

    @TempDir
    static Path folder;

    private static Path key;

    @BeforeAll
    static void makeKey() throws Exception {
        key = KeysForTests.make(folder, "cluster");
    }

    @BeforeEach
    void begin() {
        NamesForTests.begin();
        NamesForTests.put("thespis/cluster-key-store", key.toString());
        NamesForTests.put("thespis/cluster-key-store-password", KeysForTests.PASSWORD);
    }

    @AfterEach
    void end() {
        NamesForTests.end();
    }

    private JGroupsSettings read() {
        return ClusterSettings.read("shop", new JndiSettings(), shared);
    }

    @Test
    void withAKeyNothingElseMustBeSaid() {
        JGroupsSettings settings = read();
        assertThat(settings.cluster()).isEqualTo("shop");
        assertThat(settings.bind().isLoopbackAddress()).isTrue();
        assertThat(settings.port()).isEqualTo(7800);
        assertThat(settings.detection()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.discovery()).isEqualTo(new Discovery.Database(shared));
    }

    @Test
    void nodesAreFoundByAListOfHosts() {
        NamesForTests.put("thespis/cluster-discovery", "hosts");
        NamesForTests.put("thespis/cluster-hosts", "127.0.0.1:7801 127.0.0.2");
        NamesForTests.put("thespis/cluster-port", 7900);
        assertThat(read().discovery())
                .isEqualTo(new Discovery.Hosts(java.util.List.of(
                        new InetSocketAddress("127.0.0.1", 7801), new InetSocketAddress("127.0.0.2", 7900))));
    }

    @Test
    void nodesAreFoundByAName() {
        NamesForTests.put("thespis/cluster-discovery", "dns");
        NamesForTests.put("thespis/cluster-hosts", "localhost");
        assertThat(read().discovery()).isEqualTo(new Discovery.Name("localhost", 7800));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster-port, 0",
        "cluster-port, 70000",
        "cluster-port, many",
        "cluster-detection-millis, 10",
        "cluster-discovery, multicast",
        "cluster-discovery, hosts",
        "cluster-bind-address, no such host",
        "cluster-key-store, /none",
        "cluster-key-store, ' '",
        "cluster-key-store-password, wrong"
    })
    void whatCannotBeMeantSoIsRefusedWithItsName(String name, String value) {
        NamesForTests.put("thespis/" + name, value);
        String told = name.startsWith("cluster-key-store") ? "cluster-key-store" : "cluster-";
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thespis/" + told)
                .hasMessageNotContaining(KeysForTests.PASSWORD);
    }
}
