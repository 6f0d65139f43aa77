package org.thespis.login;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import org.thespis.gateway.UserSessions;

/**
 * Logs the user of a browser in, and sends the browser on to the page of this server that {@code to} names: {@code
 * /login?to=/demo/}. {@code /metadata} names it where there is one.
 */
@WebServlet(name = "login", urlPatterns = LoginServlet.PATH, asyncSupported = true)
public class LoginServlet extends HttpServlet {

    static final String PATH = "/login";
    static final String PAGE = "to";

    /** The query is kept in the session until the login. */
    static final int MAX_QUERY = 2_048;

    /** Threads that may wait for a provider that is slow: the server sets no time-out. */
    private static final int MAX_ASKING = 8;

    private static final String NOT_NOW = "Nobody can log in now.";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(LoginServlet.class.getName());

    private final transient Semaphore asking = new Semaphore(MAX_ASKING);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() != null) {
            Pages.send(response, Pages.local(request.getParameter(PAGE)));
        } else if (request.getQueryString() != null && request.getQueryString().length() > MAX_QUERY) {
            Pages.tell(response, HttpServletResponse.SC_REQUEST_URI_TOO_LONG, "This address is too long.");
        } else if (!UserSessions.mayBegin(request)) {
            Pages.tell(response, Pages.TOO_MANY_REQUESTS, "Too many want to log in now.");
        } else if (!asking.tryAcquire()) {
            Pages.tell(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, NOT_NOW);
        } else {
            try {
                authenticate(request, response);
            } finally {
                asking.release();
            }
        }
    }

    /** Has the server send the browser to the provider, whose addresses it may have to ask for first. */
    private static void authenticate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            request.authenticate(response);
        } catch (ServletException | RuntimeException e) {
            LOG.log(Level.WARNING, "nobody can log in now, see thespis/login-provider: {0}", e.toString());
            LOG.log(Level.DEBUG, "why nobody can log in", e);
            Pages.tell(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, NOT_NOW);
        } finally {
            Waiting.begin(request.getSession(false));
        }
    }
}
