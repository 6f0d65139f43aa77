package org.thespis.gateway;

import jakarta.websocket.Session;
import java.util.UUID;
import org.thespis.gateway.admission.Place;

/**
 * A WebSocket that was let in.
 *
 * @param clientId under which actors know the client; made before the actor is
 * @param place what it has in use
 */
record SocketLine(String clientId, Session session, Outbound outbound, Place place) {

    SocketLine(Session session, Outbound outbound, Place place) {
        this(UUID.randomUUID().toString(), session, outbound, place);
    }
}
