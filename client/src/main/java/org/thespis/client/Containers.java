package org.thespis.client;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/** The container for WebSockets: that of the server inside of one, else Tyrus. */
final class Containers {

    private static final Logger LOG = System.getLogger(Containers.class.getName());

    private Containers() {}

    static WebSocketContainer of(LiveClient.Setup setup) {
        if (setup.container() != null) {
            return setup.container();
        }
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        try {
            Tyrus.setUp(container, setup.times().handshake(), setup.bounds().messageBytes());
        } catch (LinkageError e) { // the server has another one
            LOG.log(Level.DEBUG, "the container for WebSockets is not Tyrus", e);
        }
        return container;
    }

    /** Apart, as not every server has its classes. */
    private static final class Tyrus {

        static void setUp(WebSocketContainer container, Duration handshake, int maxMessageBytes) {
            if (container instanceof ClientManager tyrus) {
                tyrus.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, (int)
                        Math.min(handshake.toMillis(), Integer.MAX_VALUE));
                tyrus.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, maxMessageBytes);
            }
        }
    }
}
