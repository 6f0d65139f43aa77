package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A front before one or several servers of few words. */
abstract class FrontFixture extends LineFixture {

    private static final long AT_ONCE_MILLIS = 3_000;

    final List<StubServer> servers = new ArrayList<>();
    StubServer server;
    Front front;

    @BeforeEach
    void start() throws Exception {
        server = addServer();
        start(Map.of());
    }

    /** Is behind the front from its next start on. */
    final StubServer addServer() throws IOException {
        StubServer added = new StubServer();
        servers.add(added);
        return added;
    }

    final void start(Map<String, String> options) throws Exception {
        if (front != null) {
            front.close();
        }
        URI[] addresses = servers.stream().map(StubServer::address).toArray(URI[]::new);
        front = Front.start(0, FrontSettings.of(options), addresses);
        await(() -> front.readyServers() == servers.size());
        await(() -> ask("GET /metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .contains("200 OK"));
        await(() -> front.serverLines() == 0);
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        for (StubServer each : servers) {
            each.close();
        }
    }

    @Override
    final int port() {
        return front.port();
    }

    @Override
    final String state() {
        return "%d servers are ready, %d lines of clients, %d to the servers, %d at the first"
                .formatted(front.readyServers(), front.clientLines(), front.serverLines(), server.openLines());
    }

    final void assertAnsweredAtOnce() {
        long start = System.nanoTime();
        assertThat(get("")).contains("200 OK").contains("GET /echo HTTP/1.1");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(AT_ONCE_MILLIS);
    }
}
