package org.thespis.login;

import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.thespis.gateway.UserSessions;

/**
 * Logs the user out here, and has the browser do so at the provider, which sends it back to the first page: OpenID Connect
 * RP-Initiated Logout 1.0. A page has a form with {@code method="post" action="/logout"}; pages of other origins are refused
 * before.
 */
@WebServlet(urlPatterns = LogoutServlet.PATH, asyncSupported = true)
public class LogoutServlet extends HttpServlet {

    static final String PATH = "/logout";

    private static final long serialVersionUID = 1L;

    @Inject
    transient OpenIdContext openId;

    @Inject
    transient LoginSettings settings;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (request.getUserPrincipal() == null || session == null) {
            Pages.send(response, Pages.FIRST);
            return;
        }
        String idToken = openId.getIdentityToken().getToken();
        String atProvider = openId.getProviderMetadata().getString(OpenIdConstant.END_SESSION_ENDPOINT, "");
        UserSessions.end(session);
        if (atProvider.isEmpty()) {
            Pages.send(response, Pages.FIRST);
        } else {
            Goodbye page = new Goodbye(atProvider, idToken, settings.getClientId(), settings.getHome(request));
            page.send(response);
        }
    }
}
