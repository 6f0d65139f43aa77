package org.thespis.login;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Refuses to start where settings are missing, rather than the first user. Where browsers come by https, the cookie of the session
 * goes by nothing else, also behind a proxy: WildFly would send it by http, too.
 */
@WebListener
public class LoginStarter implements ServletContextListener {

    @Inject
    LoginSettings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        settings.getProvider();
        if (settings.getRedirectUri().startsWith("https:")) {
            event.getServletContext().getSessionCookieConfig().setSecure(true);
        }
    }
}
