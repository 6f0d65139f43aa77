package org.thespis.login;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Refuses to start where settings are missing, rather than the first user. */
@WebListener
public class LoginStarter implements ServletContextListener {

    @Inject
    LoginSettings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        settings.getProvider();
    }
}
