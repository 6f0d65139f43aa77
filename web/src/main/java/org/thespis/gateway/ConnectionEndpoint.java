package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** Connections of clients to actors; one instance for each session. */
@ServerEndpoint(
        value = "/gateway/{target}/connect",
        subprotocols = Handshake.PROTOCOL,
        configurator = HandshakeConfigurator.class)
public class ConnectionEndpoint {

    private static final Logger LOG = System.getLogger(ConnectionEndpoint.class.getName());

    @Inject
    GatewayServices gateway;

    private volatile SocketClient client; // null until it is known, and if it was refused
    private MessageParts parts;
    private volatile Seat seat;

    @OnOpen
    public void onOpen(Session session) {
        seat = new Seat(gateway.registry());
        new SocketOpener(gateway).open(session, known -> {
            parts = new MessageParts(known, known.settings().sizes().incoming());
            client = known;
        });
        seat.opened(client);
    }

    @OnMessage
    public void onText(String part, boolean last) {
        if (client != null) {
            parts.text(part, last);
        }
    }

    @OnMessage
    public void onBinary(ByteBuffer part, boolean last) {
        if (client != null) {
            parts.binary(part, last);
        }
    }

    @OnMessage
    public void onPong(PongMessage pong) {
        if (client != null) {
            client.heard();
        }
    }

    @OnClose
    public void onClose(CloseReason reason) {
        if (seat != null) {
            seat.closed(reason);
        }
    }

    @OnError
    public void onError(Throwable thrown) {
        LOG.log(Level.DEBUG, "a session failed", thrown);
    }
}
