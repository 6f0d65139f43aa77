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
        config.getUserProperties()
                .put(KEY, Handshake.of(request, Visit.opening())); // both servers copy them for each session
    }
}
