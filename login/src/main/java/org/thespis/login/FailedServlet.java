package org.thespis.login;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The page of what the server throws while it logs somebody in, as if the provider is away. It answers at once: WildFly forgets a
 * request whose error page, as that of the gateway, answers later.
 */
@WebServlet(urlPatterns = FailedServlet.PATH, asyncSupported = true)
public class FailedServlet extends HttpServlet {

    static final String PATH = "/login/failed";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Pages.tell(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "You are not logged in.");
    }
}
