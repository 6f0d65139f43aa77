package org.thespis.gateway;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/**
 * A request that is to become a WebSocket. The server may keep what it was given as the handler of the upgrade as long as it
 * keeps the request, which Payara recycles: 16 requests for each of its threads, each with the handler of its last WebSocket
 * and all that this had buffered. So it is given a handler that lets go of the real one at the end.
 *
 * <p>Payara also closes the last WebSocket of an HTTP session that ends, without a reason, before {@link Login} closes all of
 * them with one; so it is told of no session.
 */
final class UpgradeRequest extends HttpServletRequestWrapper {

    UpgradeRequest(HttpServletRequest request) {
        super(request);
    }

    /** Asked on Payara only; WildFly upgrades below the Servlet API. */
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
        T handler = make(type);
        super.upgrade(Kept.class).handler = handler;
        return handler;
    }

    @Override
    public HttpSession getSession(boolean create) {
        return create ? super.getSession(true) : null;
    }

    private static <T> T make(Class<T> type) throws ServletException {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    /** What the server keeps. Made by the server, hence public. */
    public static final class Kept implements HttpUpgradeHandler {

        private volatile HttpUpgradeHandler handler; // null when all is over

        @Override
        public void init(WebConnection connection) {
            handler.init(connection);
        }

        @Override
        public void destroy() {
            HttpUpgradeHandler ended = handler;
            handler = null;
            if (ended != null) {
                ended.destroy();
            }
        }
    }
}
