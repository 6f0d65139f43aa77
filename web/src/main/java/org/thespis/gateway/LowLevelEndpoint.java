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
import org.thespis.gateway.admission.GatewaySettings.Sizes;

/**
 * Low-level WebSockets, and those at addresses that nothing serves. Registered by {@link GatewayStarter} for each depth
 * of path, as templates of the Jakarta WebSocket API have no "and all below".
 */
public class LowLevelEndpoint extends Endpoint {

    static final String GATEWAY = GatewayServices.class.getName();

    private static final Logger LOG = System.getLogger(LowLevelEndpoint.class.getName());

    private volatile Incoming incoming;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        GatewayServices gateway = (GatewayServices) config.getUserProperties().get(GATEWAY);
        Incoming mine = new Incoming(gateway, session, Sizes::lowLevelIncoming);
        incoming = mine;
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) mine::text);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) mine::binary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> mine.pong());
        mine.open();
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (incoming != null) {
            incoming.closed(reason);
        }
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        LOG.log(Level.DEBUG, "a session failed", thrown);
    }
}
