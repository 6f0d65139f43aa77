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
import org.thespis.gateway.admission.GatewaySettings.Sizes;

/** Connections of clients to actors; one instance for each session. */
@ServerEndpoint(
        value = "/gateway/{target}/connect",
        subprotocols = Handshake.PROTOCOL,
        configurator = HandshakeConfigurator.class)
public class ConnectionEndpoint {

    private static final Logger LOG = System.getLogger(ConnectionEndpoint.class.getName());

    @Inject
    GatewayServices gateway;

    private volatile Incoming incoming;

    @OnOpen
    public void onOpen(Session session) {
        incoming = new Incoming(gateway, session, Sizes::incoming);
        incoming.open();
    }

    @OnMessage
    public void onText(String part, boolean last) {
        incoming.text(part, last);
    }

    @OnMessage
    public void onBinary(ByteBuffer part, boolean last) {
        incoming.binary(part, last);
    }

    @OnMessage
    public void onPong(PongMessage pong) {
        incoming.pong();
    }

    @OnClose
    public void onClose(CloseReason reason) {
        if (incoming != null) {
            incoming.closed(reason);
        }
    }

    @OnError
    public void onError(Throwable thrown) {
        LOG.log(Level.DEBUG, "a session failed", thrown);
    }
}
