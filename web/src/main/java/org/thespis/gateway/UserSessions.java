package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.thespis.runtime.message.ActorException;

/** For logins that stand in the WAR of the gateway. */
public final class UserSessions {

    private static final Logger LOG = System.getLogger(UserSessions.class.getName());

    /**
     * Time for WildFly to write what closes a WebSocket: one of a session that is over it closes again, and what is not written
     * by then it drops.
     */
    private static final long WRITING_MILLIS = 250;

    private UserSessions() {}

    /**
     * Whether an HTTP session may be made for who sends a request, and is not logged in yet; true if there is one already. It
     * counts as a creation of the client ({@code max-creations-per-minute-per-...}), as it is kept for a while.
     */
    public static boolean mayBegin(HttpServletRequest request) {
        if (request.getSession(false) != null) {
            return true;
        }
        try {
            Visit.of(request).quota().creation();
            return true;
        } catch (ActorException e) {
            return false;
        }
    }

    /**
     * Logs a user out: closes the WebSockets that came with the HTTP session, with {@code auth.logged_out}, then invalidates it.
     * Where only {@link HttpSession#invalidate} is called, or a session runs out, WildFly closes them first, with 1008 and no
     * reason. To be called on a thread of a request; takes a quarter of a second if there is a WebSocket. Does nothing if the
     * session is over already, as if two windows log out at once.
     */
    public static void end(HttpSession session) {
        try {
            if (session.getAttribute(Login.KEY) instanceof Login login && login.end()) {
                pause();
            }
            session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session was over already", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WRITING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
