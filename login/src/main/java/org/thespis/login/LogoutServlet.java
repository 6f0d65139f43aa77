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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOG = System.getLogger(LogoutServlet.class.getName());

    @Inject
    transient OpenIdContext openId;

    @Inject
    transient LoginSettings settings;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session == null) {
            Pages.send(response, Pages.FIRST);
            return;
        }
        Goodbye page = request.getUserPrincipal() == null ? null : atProvider(request);
        UserSessions.end(session);
        if (page == null) {
            Pages.send(response, Pages.FIRST);
        } else {
            page.send(response);
        }
    }

    /** Null if the provider ends no sessions, or nobody knows where: the user is logged out here whatever is wrong there. */
    private Goodbye atProvider(HttpServletRequest request) {
        try {
            String idToken = openId.getIdentityToken().getToken();
            String provider = openId.getProviderMetadata().getString(OpenIdConstant.END_SESSION_ENDPOINT, "");
            return provider.isEmpty()
                    ? null
                    : new Goodbye(provider, idToken, settings.getClientId(), settings.getHome(request));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a user is logged out here, but not at the provider: {0}", e.toString());
            LOG.log(Level.DEBUG, "why a user is not logged out at the provider", e);
            return null;
        }
    }
}
