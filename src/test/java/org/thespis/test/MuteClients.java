package org.thespis.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of one node, of actors anywhere, that want large events and read none of them. */
final class MuteClients implements AutoCloseable {

    private static final int CLIENTS = 6;
    private static final int BYTES = 200_000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String TYPE = "limits";
    private static final String WANTED =
            "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"blob\",\"subscribe\":true}}}";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess node;
    private final List<HostileLine> lines = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Thread flood = new Thread(this::flood, "flood");
    private volatile boolean over;

    MuteClients(ServerProcess node) throws IOException {
        this.node = node;
        for (int i = 0; i < CLIENTS; i++) {
            String key = "mute" + NAMES.incrementAndGet();
            URI address = LedgerReader.address(node, "ws", TYPE, key, "connect");
            HostileLine line = new HostileLine(address.getPort(), false);
            lines.add(line);
            line.send(HostileLine.upgrade(address.getPort(), address.getPath() + "?" + address.getQuery()));
            line.await("\r\n\r\n", PATIENCE_MILLIS);
            line.frame(HostileLine.TEXT, true, WANTED.getBytes(StandardCharsets.UTF_8));
            keys.add(key);
        }
        flood.setDaemon(true);
        flood.start();
    }

    private void flood() {
        LedgerReader caller = new LedgerReader(http, node, TYPE);
        while (!over) {
            for (String key : keys) {
                try {
                    caller.post(key, "emit", Integer.toString(BYTES));
                } catch (IOException e) {
                    Thread.onSpinWait(); // the node is harmed
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        over = true;
        flood.join(LedgerReader.LIMIT.toMillis());
        for (HostileLine line : lines) {
            line.close();
        }
    }
}
