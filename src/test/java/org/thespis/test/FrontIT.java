package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of npm behind the front, while the server is redeployed to, killed and started again: it
 * comes back by itself, and the room has kept its state. */
class FrontIT {

    private static final int UNAVAILABLE = 503;

    /** The client waits up to 30 seconds before it tries again. */
    private static final long LINE_SECONDS = 90;

    private final List<String> seen = new ArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private PrintWriter visitor;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void theClientSurvivesARedeploymentAndAKilledServer() throws Exception {
        Node.require();
        try (ServerProcess server = new ServerProcess("front")) {
            server.start();
            Process client = null;
            try (FrontProcess proxy = FrontProcess.before(server.address())) {
                URI front = proxy.address();
                server.await(front, 200);
                client = startVisitor(front);
                converse("before");

                server.redeploy();
                awaitLine("close");
                converse("redeployed");

                server.kill();
                awaitLine("close");
                server.await(front, UNAVAILABLE);
                server.start();
                server.await(front, 200);
                converse("restarted");
                visitor.println("history");
                awaitLine("history before,redeployed,restarted");
            } finally {
                if (client != null) {
                    Commands.end(client);
                }
            }
        }
        assertThat(seen.stream().filter(line -> line.startsWith("error")))
                .isSubsetOf("error guard.service_unavailable", "error ws.going_away"); // temporary ones
    }

    /** The client is connected, is answered and hears its own event, without having subscribed anew. */
    private void converse(String text) throws Exception {
        awaitLine("open");
        visitor.println(text);
        awaitLine("event " + text);
        awaitLine("answer " + text);
    }

    private void awaitLine(String wanted) throws InterruptedException {
        String line;
        do {
            line = lines.poll(LINE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("%s after %s", wanted, seen).isNotNull();
            seen.add(line);
        } while (!line.equals(wanted));
    }

    private Process startVisitor(URI front) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", "clients/visitor.mjs")
                .directory(Node.inConformance().installed().toFile())
                .redirectErrorStream(true);
        builder.environment().put("ENDPOINT", front.toString());
        builder.environment().put("ROOM", "front-" + System.nanoTime());
        Process process = builder.start();
        visitor = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        new Thread(() -> reader.lines().forEach(lines::add)).start();
        return process;
    }
}
