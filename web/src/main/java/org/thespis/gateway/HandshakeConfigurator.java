package org.thespis.gateway;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Keeps what the client said for {@code onOpen}. Nothing is refused here: a refused handshake has no reason that a
 * browser could read.
 */
public class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    static final String KEY = Handshake.class.getName();

    /** Only who has offered something is told what of it this server has. */
    private static final String EXTENSIONS = "x-thespis-extensions";

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
        config.getUserProperties().put(KEY, handshake); // both servers copy them for each session
        List<String> agreed = Handshake.EXTENSIONS.stream()
                .filter(handshake.protocols()::contains)
                .toList();
        if (!agreed.isEmpty()) {
            response.getHeaders().put(EXTENSIONS, List.of(String.join(", ", agreed)));
        }
    }
}
