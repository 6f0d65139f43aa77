package org.thespis.login;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * Refuses to start where settings are missing, rather than the first user. Where browsers come by https, the cookie of the session
 * goes by nothing else, also behind a proxy: WildFly would send it by http, too. Pages of other sites cannot have it sent but by
 * leading the browser here, as the provider does; Payara overlooks that.
 */
@WebListener
public class LoginStarter implements ServletContextListener {

    @Inject
    LoginSettings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        settings.getProvider();
        SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setAttribute("SameSite", "Lax");
        if (settings.getRedirectUri().startsWith("https:")) {
            cookie.setSecure(true);
        }
    }
}
