package org.thespis.gateway;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.TimeUnit;

/** For logins that stand in the WAR of the gateway. */
public final class UserSessions {

    /**
     * Time for WildFly to write what closes a WebSocket: one of a session that is over it closes again, and what is not written
     * by then it drops.
     */
    private static final long WRITING_MILLIS = 250;

    private UserSessions() {}

    /**
     * Logs a user out: closes the WebSockets that came with the HTTP session, with {@code auth.logged_out}, then invalidates it.
     * Where only {@link HttpSession#invalidate} is called, or a session runs out, WildFly closes them first, with 1008 and no
     * reason. To be called on a thread of a request; takes a quarter of a second if there is a WebSocket.
     *
     * @throws IllegalStateException if the session is over already
     */
    public static void end(HttpSession session) {
        if (session.getAttribute(Login.KEY) instanceof Login login && login.end()) {
            pause();
        }
        session.invalidate();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WRITING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
