package org.thespis.gateway;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps what the client said for {@code onOpen}. Nothing is refused here: a refused handshake has no reason that a
 * browser could read.
 */
public class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    private static final String KEY = Handshake.class.getName();

    /** Only who has offered something is told what of it this server has. */
    private static final String EXTENSIONS = "x-thespis-extensions";

    /** What the client said, once: an open session needs nothing of it. */
    @SuppressWarnings("unchecked")
    static Handshake take(Session session) {
        return ((AtomicReference<Handshake>) session.getUserProperties().get(KEY)).getAndSet(null);
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.contains(Handshake.PROTOCOL) ? Handshake.PROTOCOL : "";
    }

    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Handshake handshake = Handshake.of(request, Visit.opening());
        // both servers copy them for each session, and keep more than one copy
        config.getUserProperties().put(KEY, new AtomicReference<>(handshake));
        List<String> agreed = Handshake.EXTENSIONS.stream()
                .filter(handshake.protocols()::contains)
                .toList();
        if (!agreed.isEmpty()) {
            response.getHeaders().put(EXTENSIONS, List.of(String.join(", ", agreed)));
        }
    }
}
