package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.cluster.jgroups.PortsForTests;
import org.thespis.runtime.message.ActorError;

/**
 * Three nodes in processes of their own on one database, under calls: what became of each call when one is killed, stopped for a
 * while, or leaves. Prints how long actors did not answer. {@code -Dcluster.processes=true} runs it.
 */
@EnabledIfSystemProperty(named = "cluster.processes", matches = "true")
class ThreeProcessesTest {

    private static final int ACTORS = Integer.getInteger("cluster.actors", 60);
    private static final String DETECTION_MILLIS = "5000";

    /** A node that was stopped while it wrote keeps its locks no longer. */
    private static final String LOCKS_MILLIS = "3000";

    @TempDir
    Path folder;

    private EmbeddedPostgres database;
    private String url;
    private String key;
    private List<Integer> ports;
    private final List<Node> nodes = new ArrayList<>();

    private record Call(boolean done, long at, long tookMicros, String actor, String entry, String why) {}

    private final class Node {

        private final Process process;
        private final PrintStream orders;
        private final List<String> said = java.util.Collections.synchronizedList(new ArrayList<>());
        private final List<Call> own = java.util.Collections.synchronizedList(new ArrayList<>());

        private Node(int port) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-Dcluster.log=" + Boolean.getBoolean("cluster.log"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ProcessNode.class.getName(),
                    url,
                    key,
                    Integer.toString(port),
                    Integer.toString(ACTORS),
                    DETECTION_MILLIS));
            ports.forEach(other -> command.add(other.toString()));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            TestNode.daemon(this::listen).start();
        }

        private void listen() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals("ok") || words[0].equals("no")) {
                        own.add(new Call(
                                words[0].equals("ok"),
                                Long.parseLong(words[1]),
                                Long.parseLong(words[2]),
                                words[3],
                                words[4],
                                words.length > 5 ? words[5] : ""));
                    } else {
                        said.add(line);
                    }
                }
            } catch (IOException e) {
                return; // killed
            }
        }

        private boolean says(String word) {
            synchronized (said) {
                return said.stream().anyMatch(line -> line.startsWith(word));
            }
        }

        private List<Call> calls() {
            synchronized (own) {
                return List.copyOf(own);
            }
        }

        private void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        database = EmbeddedPostgres.start();
        url = database.getJdbcUrl("postgres", "postgres") + "&options=-c%20idle_in_transaction_session_timeout="
                + LOCKS_MILLIS;
        key = org.thespis.cluster.jgroups.KeysForTests.make(folder, "cluster").toString();
        ports = IntStream.range(0, 3).map(i -> PortsForTests.free()).boxed().toList();
        for (int port : ports) {
            Node node = new Node(port);
            nodes.add(node);
            ClusterRelayTest.await("a node is up", () -> node.says("up"));
        }
        nodes.forEach(node -> node.orders.println("call"));
        ClusterRelayTest.await("all actors were called at all nodes", () -> nodes.stream()
                .allMatch(node -> node.calls().stream()
                                .filter(Call::done)
                                .map(Call::actor)
                                .distinct()
                                .count()
                        == ACTORS));
    }

    @AfterEach
    void end() throws IOException {
        nodes.forEach(node -> node.process.destroyForcibly());
        database.close();
    }

    /** Waits until each actor has answered others than the lost node since then; how long each did not, sorted. */
    private long[] away(List<Node> others, long since) {
        ClusterRelayTest.await(
                "all actors answer again", () -> firstAnswers(others, since).size() == ACTORS);
        long[] away = firstAnswers(others, since).values().stream()
                .mapToLong(first -> first - since)
                .toArray();
        Arrays.sort(away);
        return away;
    }

    private static Map<String, Long> firstAnswers(List<Node> others, long since) {
        Map<String, Long> first = new HashMap<>();
        for (Node node : others) {
            for (Call call : node.calls()) {
                if (call.done && call.at - call.tookMicros / 1_000 >= since) {
                    first.merge(call.actor, call.at, Math::min);
                }
            }
        }
        return first;
    }

    private static void print(String what, long[] away) {
        System.out.println(what + ": answers again after ms, p50 " + away[away.length / 2] + ", p99 "
                + away[away.length * 99 / 100] + ", worst " + away[away.length - 1]);
    }

    private void count(Node asked) {
        List<Node> live = nodes.stream().filter(node -> node.process.isAlive()).toList();
        live.forEach(node -> node.orders.println("quiet"));
        ClusterRelayTest.await("nobody calls", () -> live.stream().allMatch(node -> node.says("quiet")));
        asked.orders.println("dump");
        ClusterRelayTest.await("all is told", () -> asked.says("dumped"));
        Set<String> there = new HashSet<>();
        List<String> doubled = new ArrayList<>();
        synchronized (asked.said) {
            asked.said.stream().filter(line -> line.startsWith("has")).forEach(line -> {
                String entry = line.split(" ")[2];
                if (!there.add(entry)) {
                    doubled.add(entry);
                }
            });
        }
        List<Call> all = nodes.stream().flatMap(node -> node.calls().stream()).toList();
        Map<String, Long> reasons = new HashMap<>();
        all.stream().filter(call -> !call.done).forEach(call -> reasons.merge(call.why, 1L, Long::sum));
        System.out.println(all.stream().filter(Call::done).count() + " acknowledged, others: " + reasons);
        assertThat(doubled).isEmpty();
        assertThat(all.stream().filter(call -> call.why.equals("hangs"))).isEmpty();
        assertThat(all.stream().filter(call -> call.done && !there.contains(call.entry)))
                .as("acknowledged and lost")
                .isEmpty();
        Set<String> notRun = Set.of(
                ActorError.restarting().reason(), ActorError.unavailable().reason());
        assertThat(all.stream().filter(call -> notRun.contains(call.why) && there.contains(call.entry)))
                .as("told as not run, but was")
                .isEmpty();
    }

    @Test
    void aKilledCoordinatorIsReplaced() throws Exception {
        long since = System.currentTimeMillis();
        nodes.get(0).signal("KILL");
        print("kill -9 of the coordinator", away(nodes.subList(1, 3), since));
        count(nodes.get(1));
    }

    @Test
    void aStoppedNodeIsReplacedAndComesBack() throws Exception {
        long since = System.currentTimeMillis();
        nodes.get(1).signal("STOP");
        print("SIGSTOP", away(List.of(nodes.get(0), nodes.get(2)), since));
        long back = System.currentTimeMillis();
        nodes.get(1).signal("CONT");
        print("SIGCONT, at the stopped node", away(nodes.subList(1, 2), back));
        count(nodes.get(1));
    }

    @Test
    void aNodeThatLeavesAndAnotherThatComesAreHardlyFelt() throws Exception {
        long since = System.currentTimeMillis();
        nodes.get(2).orders.println("leave");
        print("leave", away(nodes.subList(0, 2), since));
        ClusterRelayTest.await("it has left", () -> !nodes.get(2).process.isAlive());
        since = System.currentTimeMillis();
        Node fresh = new Node(ports.get(2));
        nodes.add(fresh);
        ClusterRelayTest.await("it is up", () -> fresh.says("up"));
        print("join", away(nodes.subList(0, 2), since));
        long worst =
                nodes.get(0).calls().stream().mapToLong(Call::tookMicros).max().orElseThrow();
        System.out.println("worst call in all of that: " + worst / 1_000 + " ms");
        count(nodes.get(0));
    }
}
