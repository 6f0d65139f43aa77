package org.thespis.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.cluster.Links;
import org.thespis.cluster.Members;

class JGroupsLinksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    static Path folder;

    private static SSLContext key;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> ports = List.of(PortsForTests.free(), PortsForTests.free());
    private Discovery discovery = new Discovery.Hosts(
            ports.stream().map(port -> new InetSocketAddress(HERE, port)).toList());

    @BeforeAll
    static void makeKey() throws Exception {
        key = KeysForTests.read(KeysForTests.make(folder, "cluster"));
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> node.links.close());
    }

    static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Node implements Links.Listener {

        private final JGroupsLinks links;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile Members members;

        private Node(JGroupsSettings settings) {
            links = new JGroupsLinks(settings);
            links.start(this);
        }

        @Override
        public void members(Members next) {
            members = next;
        }

        @Override
        public void received(String from, byte[] message) {
            heard.add(from + " " + new String(message, StandardCharsets.UTF_8));
        }

        int size() {
            return members.nodes().size();
        }
    }

    private Node node(String cluster, int which, SSLContext tls) {
        Node node =
                new Node(new JGroupsSettings(cluster, HERE, ports.get(which), discovery, tls, Duration.ofSeconds(10)));
        nodes.add(node);
        return node;
    }

    private void sendAndLeave() throws InterruptedException {
        Node a = node("c", 0, key);
        assertThat(a.members.nodes()).containsExactly(a.links.self());
        Node b = node("c", 1, key);
        await("both are in one view", () -> a.size() == 2 && a.members.equals(b.members));
        for (int i = 0; i < 500; i++) {
            a.links.send(b.links.self(), ("m" + i).getBytes(StandardCharsets.UTF_8));
        }
        await("all messages", () -> b.heard.size() == 500);
        assertThat(b.heard)
                .isEqualTo(IntStream.range(0, 500)
                        .mapToObj(i -> a.links.self() + " m" + i)
                        .toList());
        byte[] large = "x".repeat(9_000_000).getBytes(StandardCharsets.UTF_8);
        a.links.send(b.links.self(), large);
        await("a long message", () -> b.heard.size() == 501);
        assertThat(b.heard.get(500)).hasSize(large.length + a.links.self().length() + 1);
        assertThat(a.links.address(a.links.self())).isEqualTo("127.0.0.1:" + ports.get(0));
        assertThat(a.links.address(b.links.self())).isEqualTo("127.0.0.1:" + ports.get(1));
        assertThat(a.links.address("nobody")).isEqualTo("nobody");
        long epoch = b.members.epoch();
        a.links.close();
        await("one left", () -> b.size() == 1);
        assertThat(b.members.epoch()).isGreaterThan(epoch);
        assertThat(b.members.continues()).isTrue();
        b.links.send(a.links.self(), new byte[1]); // to nobody
    }

    @Test
    void nodesOfAListOfHostsFindEachOtherAndSendInOrder() throws InterruptedException {
        sendAndLeave();
    }

    @Test
    void nodesFindEachOtherByTheAddressesOfAName() throws InterruptedException {
        discovery = new Discovery.Name("localhost", ports.get(0));
        sendAndLeave();
    }

    /** They asked each of those that were killed for two seconds: after some kills nobody came for half a minute. */
    @Test
    void nodesThatWereKilledAreForgottenByTheDatabase() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:killed;DB_CLOSE_DELAY=-1", "sa", "");
        discovery = new Discovery.Database(pool);
        try {
            Node a = node("c", 0, key);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                for (int i = 1; i <= 5; i++) {
                    statement.execute("INSERT INTO jgroups VALUES ('uuid://00000000-0000-0000-0000-00000000000" + i
                            + "', 'killed" + i + "', 'c', '127.0.0.1:1', true)");
                }
            }
            Node b = node("c", 1, key);
            await("both are in one view", () -> a.size() == 2 && a.members.equals(b.members));
            b.links.close();
            await("it has left", () -> a.size() == 1);
            await("the others are forgotten", () -> named(pool) == 1);
        } finally {
            close();
            nodes.clear();
            pool.dispose();
        }
    }

    private static int named(JdbcConnectionPool pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM jgroups")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nodesOfOneDatabaseFindEachOther() throws InterruptedException {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:found;DB_CLOSE_DELAY=-1", "sa", "");
        discovery = new Discovery.Database(pool);
        try {
            sendAndLeave();
        } finally {
            close();
            pool.dispose();
        }
    }

    @Test
    void whoHasAnotherKeyIsNotLetIn() throws Exception {
        Node a = node("c", 0, key);
        Node stranger = node("c", 1, KeysForTests.read(KeysForTests.make(folder, "stranger")));
        assertThat(stranger.members.nodes()).containsExactly(stranger.links.self()); // it found nobody
        assertThat(a.size()).isEqualTo(1);
    }

    @Test
    void whoSaysNothingOrGarbageKeepsNoNodeOut() throws Exception {
        Node a = node("c", 0, key);
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                strangers.add(new Socket(HERE, ports.get(0))); // says nothing
                Socket loud = new Socket(HERE, ports.get(0));
                strangers.add(loud);
                byte[] garbage = new byte[100_000];
                new Random(i).nextBytes(garbage);
                loud.getOutputStream().write(garbage);
            }
        } catch (IOException refused) {
            assertThat(a.size()).isEqualTo(1); // a line that was closed on garbage
        }
        try {
            Node b = node("c", 1, key);
            await("both see both", () -> a.size() == 2 && b.size() == 2);
            b.links.send(a.links.self(), "x".getBytes(StandardCharsets.UTF_8));
            await("a message", () -> a.heard.size() == 1);
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void whoIsOfAnotherClusterIsNotLetIn() {
        Node a = node("c", 0, key);
        Node other = node("d", 1, key);
        assertThat(other.members.nodes()).containsExactly(other.links.self());
        assertThat(a.size()).isEqualTo(1);
    }

    @Test
    void aKeyThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> NodeKey.read(folder.resolve("cluster.p12"), "wrong".toCharArray()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NodeKey.read(folder.resolve("none"), new char[0]))
                .isInstanceOf(IOException.class);
    }
}
