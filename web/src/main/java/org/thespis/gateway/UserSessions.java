package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.token.CheckedToken.Origin;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.runtime.message.ActorException;

/** For logins that stand in the WAR of the gateway. */
public final class UserSessions {

    private static final Logger LOG = System.getLogger(UserSessions.class.getName());

    private static final String ORIGIN = UserSessions.class.getName() + ".origin";

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

    /**
     * Says where the user of a session was logged in, so that the session is over when that provider says that they have logged
     * out ({@code token-logout-path}). To be called by each login.
     *
     * @param subject {@code sub} of its ID token
     * @param session {@code sid}, or null
     * @param issued {@code iat}, or null
     */
    public static void belongsTo(HttpSession own, String issuer, String subject, String session, Instant issued) {
        Login.belongsTo(own, ORIGIN, new Origin(issuer, subject, session, issued));
    }

    /** Where the user of a session was logged in, or null. @throws IllegalStateException if it is over */
    static Origin origin(HttpSession session) {
        return session.getAttribute(ORIGIN) instanceof Origin origin ? origin : null;
    }

    /** The request as that of nobody if its user has logged out at the provider; then the session ends. */
    static HttpServletRequest unlessLoggedOut(HttpServletRequest request, TokenChecker tokens) {
        if (!tokens.knowsLogOuts()) {
            return request;
        }
        HttpSession session = request.getSession(false);
        try {
            Origin origin = session == null ? null : origin(session);
            if (origin == null || !tokens.isLoggedOut(origin)) {
                return request;
            }
            session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session was over already", e);
        }
        return new LoggedOutRequest(request);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WRITING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
