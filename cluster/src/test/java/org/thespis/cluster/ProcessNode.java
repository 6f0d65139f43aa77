package org.thespis.cluster;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGPoolingDataSource;
import org.thespis.cluster.jgroups.Discovery;
import org.thespis.cluster.jgroups.JGroupsLinks;
import org.thespis.cluster.jgroups.JGroupsSettings;
import org.thespis.cluster.jgroups.NodeKey;
import org.thespis.host.jdbc.JdbcStateStore;
import org.thespis.runtime.message.Output;

/**
 * One node in a process of its own, under calls of its own: tells of each in a line, {@code ok|no <millis> <took> <actor> <entry>
 * <reason>}. Stops calling by a line {@code quiet}, lists what the actors have by {@code dump}, leaves by {@code leave}.
 */
final class ProcessNode {

    private static final int CALLERS = 4;
    private static final int CONNECTIONS = 20;
    private static final int PATIENCE_SECONDS = 60;

    private final TestNode node;
    private final List<String> actors = new ArrayList<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean quiet;

    private ProcessNode(TestNode node, int size) {
        this.node = node;
        for (int i = 0; i < size; i++) {
            actors.add(node.actor("k" + i));
        }
    }

    /** Arguments: database, key, own port, actors, detection in milliseconds, ports of all. */
    @SuppressWarnings("deprecation") // the pool of PostgreSQL will do for a test
    public static void main(String[] arguments) throws Exception {
        if (!Boolean.getBoolean("cluster.log")) {
            java.util.logging.LogManager.getLogManager().reset();
        }
        PGPoolingDataSource pool = new PGPoolingDataSource();
        pool.setUrl(arguments[0]);
        pool.setMaxConnections(CONNECTIONS);
        InetAddress here = InetAddress.getLoopbackAddress();
        List<InetSocketAddress> hosts = Arrays.stream(arguments)
                .skip(5)
                .map(port -> new InetSocketAddress(here, Integer.parseInt(port)))
                .toList();
        JGroupsLinks links = new JGroupsLinks(new JGroupsSettings(
                "processes",
                here,
                Integer.parseInt(arguments[2]),
                new Discovery.Hosts(hosts),
                NodeKey.read(Path.of(arguments[1]), "changeit".toCharArray()),
                Duration.ofMillis(Long.parseLong(arguments[4]))));
        TestNode node =
                new TestNode(links, JdbcStateStore.open(pool), new Residents(), ClusterLimits.defaults()).start();
        ClusterRelayTest.await("it is settled", node.relay::isSettled);
        System.out.println("up " + links.self());
        ProcessNode process = new ProcessNode(node, Integer.parseInt(arguments[3]));
        process.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private void obey(BufferedReader orders) throws Exception {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "call" -> {
                    for (int i = 0; i < CALLERS; i++) {
                        int first = i * actors.size() / CALLERS;
                        Thread caller = TestNode.daemon(() -> call(first));
                        callers.add(caller);
                        caller.start();
                    }
                }
                case "quiet" -> {
                    quiet = true;
                    for (Thread caller : callers) {
                        caller.join();
                    }
                    say("quiet");
                }
                case "dump" -> dump();
                default -> {
                    node.leave();
                    say("left");
                    System.exit(0);
                }
            }
        }
        System.exit(0);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    /** One actor after the other. */
    private void call(int first) {
        for (int i = first; !quiet; i++) {
            String actor = actors.get(i % actors.size());
            String entry = java.util.UUID.randomUUID().toString();
            long begin = System.nanoTime();
            String outcome = outcome(actor, entry);
            long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
            String where = outcome.startsWith("ok") ? "" : " " + outcome;
            say((where.isEmpty() ? "ok " : "no ") + System.currentTimeMillis() + " " + took + " " + actor + " " + entry
                    + where);
        }
    }

    private String outcome(String actor, String entry) {
        try {
            Output output = node.once(actor, "add", entry).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (output == null) {
                return "left";
            }
            return output instanceof Output.Reply
                    ? "ok"
                    : ((Output.Failed) output).error().reason();
        } catch (TimeoutException e) {
            return "hangs";
        } catch (Exception e) {
            return e.toString();
        }
    }

    private void dump() throws Exception {
        for (String actor : actors) {
            List<?> entries = null;
            while (entries == null) {
                Output output = node.once(actor, "entries").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                entries = output instanceof Output.Reply reply ? (List<?>) reply.result() : null;
            }
            for (Object entry : entries) {
                say("has " + actor + " " + entry);
            }
        }
        say("dumped");
    }
}
