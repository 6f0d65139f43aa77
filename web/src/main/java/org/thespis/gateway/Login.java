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
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.runtime.message.ActorException;

/**
 * The stay of a user whom the server knows by an HTTP session: the WebSockets that came with it end with it, however it ends.
 * Kept in the session. Any thread.
 */
final class Login implements HttpSessionBindingListener {

    static final String KEY = Login.class.getName();

    private static final Logger LOG = System.getLogger(Login.class.getName());

    private static final Object MAKING = new Object();

    private final String user;
    private final Set<SocketClient> clients = new HashSet<>(); // guarded by this
    private boolean over; // guarded by this

    Login(String user) {
        this.user = user;
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
                Login login = new Login(user);
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
