package org.thespis.login;

import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Where the provider sends the browser back to. The server has looked at the code before this is called. */
@WebServlet(urlPatterns = CallbackServlet.PATH, asyncSupported = true)
public class CallbackServlet extends HttpServlet {

    static final String PATH = "/login/callback";

    private static final long serialVersionUID = 1L;

    @Inject
    transient OpenIdContext openId;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            Pages.tell(response, HttpServletResponse.SC_UNAUTHORIZED, "You are not logged in.");
            return;
        }
        request.changeSessionId(); // who made the browser use a session that they know has none of the user's
        Waiting.end(request.getSession());
        Optional<String> asked = openId.getStoredValue(request, response, OpenIdConstant.ORIGINAL_REQUEST);
        Pages.send(response, asked.map(Pages::ofLogin).orElse(Pages.FIRST));
    }
}
