package org.thespis.gateway;

import jakarta.websocket.Session;
import java.time.Duration;
import java.util.UUID;
import org.thespis.gateway.admission.Place;
import org.thespis.runtime.settings.HookSettings;

/**
 * A WebSocket that was let in.
 *
 * @param clientId under which actors know the client; made before the actor is
 * @param place what it has in use
 * @param end when it is not known any more who the client is, as {@link System#nanoTime} tells it; null for never
 * @param login with which it ends; null for none
 * @param patience how long it waits for its actor to let it in
 */
record SocketLine(
        String clientId, Session session, Outbound outbound, Place place, Long end, Login login, Duration patience) {

    SocketLine(Session session, Outbound outbound, Place place) {
        this(session, outbound, place, null, null, HookSettings.defaults().connect());
    }

    SocketLine(Session session, Outbound outbound, Place place, Long end, Login login, Duration patience) {
        this(UUID.randomUUID().toString(), session, outbound, place, end, login, patience);
    }
}
