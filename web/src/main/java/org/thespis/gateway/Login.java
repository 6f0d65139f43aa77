package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.token.CheckedToken.Origin;
import org.thespis.runtime.message.ActorException;

/**
 * The stay of a user whom the server knows by an HTTP session: the WebSockets that came with it end with it, however it ends.
 * Kept in the session. Any thread.
 *
 * <p>Payara holds a session as in use as long as a WebSocket is open that came with it, so there it would never run out.
 */
final class Login implements HttpSessionBindingListener {

    static final String KEY = Login.class.getName();

    private static final Logger LOG = System.getLogger(Login.class.getName());

    private static final Object MAKING = new Object();

    /** Time for servers that end a session themselves when it runs out. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Until a session that was to be ended, and is there still, is to be ended again. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String user;
    private final HttpSession session;
    private volatile Origin origin; // null for a login that says none; set under MAKING
    private volatile long used = System.nanoTime();
    private boolean endAsked; // used by the timer
    private long endAskedAt; // likewise
    private final Set<SocketClient> clients = new HashSet<>(); // guarded by this
    private boolean over; // guarded by this

    private Login(String user, HttpSession session) {
        this.user = user;
        this.session = session;
        this.origin = UserSessions.origin(session);
    }

    /** Notes that a request of a session has come. */
    static void noteUse(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        try {
            if (session.getAttribute(KEY) instanceof Login login) {
                login.used = System.nanoTime();
            }
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session was over already", e);
        }
    }

    /**
     * Whether the session has run out, or is over without having said so, and {@link #endSession} is to be called. Called by one
     * timer.
     */
    boolean hasRunOut(long now) {
        if (isOver() || !isLate(now) || endAsked && now - endAskedAt < RETRY_NANOS) {
            return false;
        }
        endAsked = true;
        endAskedAt = now;
        return true;
    }

    private boolean isLate(long now) {
        try {
            long seconds = session.getMaxInactiveInterval();
            return seconds > 0 && now - used > TimeUnit.SECONDS.toNanos(seconds) + GRACE_NANOS;
        } catch (IllegalStateException e) { // WildFly says nothing of a session that is over
            return true;
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Ends the session. Listeners of the application are told of it in this thread; one that throws keeps no WebSocket. */
    void endSession() {
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session was over already", e);
        } finally {
            end();
        }
    }

    /**
     * The stay of who sends a request; null if the server knows nobody, or not by a session.
     *
     * @throws ActorException {@code guard.service_unavailable} if it ends just now: clients come again, as whoever they are then
     */
    static Login of(HttpServletRequest request) {
        HttpSession session = request.getUserPrincipal() == null ? null : request.getSession(false);
        if (session == null) {
            return null;
        }
        String user = request.getUserPrincipal().getName();
        try {
            synchronized (MAKING) {
                if (session.getAttribute(KEY) instanceof Login login && login.user.equals(user)) {
                    return login;
                }
                Login login = new Login(user, session);
                session.setAttribute(KEY, login); // of another user before: that one ends
                return login;
            }
        } catch (IllegalStateException e) {
            throw GatewayErrors.unavailable();
        }
    }

    /** @throws ActorException {@code guard.service_unavailable} if it is over */
    synchronized void add(SocketClient client) {
        if (over) {
            throw GatewayErrors.unavailable();
        }
        clients.add(client);
    }

    synchronized void remove(SocketClient client) {
        clients.remove(client);
    }

    /** Notes where the user of a session was logged in; WebSockets may have come with it before. */
    static void belongsTo(HttpSession session, String attribute, Origin origin) {
        synchronized (MAKING) {
            session.setAttribute(attribute, origin);
            if (session.getAttribute(KEY) instanceof Login login) {
                login.origin = origin;
            }
        }
    }

    /** Where the user was logged in, or null. */
    Origin origin() {
        return origin;
    }

    /** @return whether a WebSocket was closed */
    boolean end() {
        List<SocketClient> ending;
        synchronized (this) {
            over = true;
            ending = List.copyOf(clients);
            clients.clear();
        }
        ending.forEach(Login::close);
        return !ending.isEmpty();
    }

    /** What goes wrong with one client must not reach others, nor keep the session. */
    private static void close(SocketClient client) {
        try {
            client.loggedOut();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "closing a WebSocket of a user who has logged out failed", e);
        }
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        end();
    }
}
