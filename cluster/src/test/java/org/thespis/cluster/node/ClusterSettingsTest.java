package org.thespis.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
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
import org.thespis.runtime.jndi.ClusterProvider;
import org.thespis.runtime.jndi.JndiSettings;

class ClusterSettingsTest {

    private static final Map<String, Object> NAMES = new ConcurrentHashMap<>();

    /** A naming service of what a test has put there. */
    public static final class Names implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Context.class.getClassLoader(), new Class<?>[] {Context.class}, (p, method, arguments) -> {
                        Object found = method.getName().equals("lookup") ? NAMES.get(arguments[0]) : null;
                        if (found == null) {
                            throw new NameNotFoundException();
                        }
                        return found;
                    });
        }
    }

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
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        NAMES.clear();
        NAMES.put("thespis/cluster-key-store", key.toString());
        NAMES.put("thespis/cluster-key-store-password", KeysForTests.PASSWORD);
    }

    @AfterEach
    void end() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
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
        NAMES.put("thespis/cluster-discovery", "hosts");
        NAMES.put("thespis/cluster-hosts", "127.0.0.1:7801 127.0.0.2");
        NAMES.put("thespis/cluster-port", 7900);
        assertThat(read().discovery())
                .isEqualTo(new Discovery.Hosts(java.util.List.of(
                        new InetSocketAddress("127.0.0.1", 7801), new InetSocketAddress("127.0.0.2", 7900))));
    }

    @Test
    void nodesAreFoundByAName() {
        NAMES.put("thespis/cluster-discovery", "dns");
        NAMES.put("thespis/cluster-hosts", "localhost");
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
        NAMES.put("thespis/" + name, value);
        String told = name.startsWith("cluster-key-store") ? "cluster-key-store" : "cluster-";
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thespis/" + told)
                .hasMessageNotContaining(KeysForTests.PASSWORD);
    }

    @Test
    void theRuntimeFindsIt() {
        assertThat(ClusterProvider.find()).containsInstanceOf(JGroupsProvider.class);
    }
}
