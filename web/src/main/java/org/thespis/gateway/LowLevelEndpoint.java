package org.thespis.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * Low-level WebSockets, and those at addresses that nothing serves. Registered by {@link GatewayStarter} for each depth
 * of path, as templates of the Jakarta WebSocket API have no "and all below".
 */
public class LowLevelEndpoint extends Endpoint {

    static final String GATEWAY = GatewayServices.class.getName();

    private static final Logger LOG = System.getLogger(LowLevelEndpoint.class.getName());

    private volatile SocketClient client; // null until it is known, and if it was refused
    private volatile Seat seat;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        GatewayServices gateway = (GatewayServices) config.getUserProperties().get(GATEWAY);
        seat = new Seat(gateway.registry());
        new SocketOpener(gateway).open(session, known -> client = known);
        seat.opened(client);
        if (client != null) {
            MessageParts parts =
                    new MessageParts(client, client.settings().sizes().lowLevelIncoming());
            session.addMessageHandler(String.class, (MessageHandler.Partial<String>) parts::text);
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) parts::binary);
            session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> client.heard());
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (seat != null) {
            seat.closed(reason);
        }
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        LOG.log(Level.DEBUG, "a session failed", thrown);
    }
}
