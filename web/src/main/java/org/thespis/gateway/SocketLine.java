package org.thespis.gateway;

import jakarta.websocket.Session;
import java.util.UUID;
import org.thespis.gateway.admission.Place;

/**
 * A WebSocket that was let in.
 *
 * @param clientId under which actors know the client; made before the actor is
 * @param place what it has in use
 * @param end when it is not known any more who the client is, as {@link System#nanoTime} tells it; null for never
 * @param login with which it ends; null for none
 */
record SocketLine(String clientId, Session session, Outbound outbound, Place place, Long end, Login login) {

    SocketLine(Session session, Outbound outbound, Place place) {
        this(session, outbound, place, null, null);
    }

    SocketLine(Session session, Outbound outbound, Place place, Long end, Login login) {
        this(UUID.randomUUID().toString(), session, outbound, place, end, login);
    }
}
