package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose name leads nowhere any more before it is missed. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostNameTest extends LineFixture {

    private final FrontSettings settings = FrontSettings.of(Map.of("wait-timeout-millis", "100"));
    private final Servers servers = new Servers(URI.create("http://nowhere.invalid:80"));
    private Listener listener;

    @BeforeEach
    void start() {
        Connections connections = new Connections(settings);
        Entrance entrance = new Entrance(connections, new ServerLines(servers, settings), settings);
        listener = Listener.start(0, entrance, connections, settings);
        servers.all().forEach(server -> servers.learn(server, true));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Override
    int port() {
        return listener.port();
    }

    @Override
    String state() {
        return servers.lines() + " lines to the server";
    }

    @Test
    void isAsAServerThatRefuses() throws Exception {
        assertThat(get("")).startsWith("HTTP/1.1 503 ").contains("guard.service_unavailable");
        assertThat(ask(OPENING + "\r\n")).contains("101 Switching", "guard.service_unavailable");
        await(() -> servers.lines() == 0);
    }
}
