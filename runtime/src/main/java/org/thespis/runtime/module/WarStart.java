package org.thespis.runtime.module;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/** Tells of each WAR of the application. The server finds it in EAR/lib, and makes both classes. */
public final class WarStart implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext war) {
        war.addListener(Listener.class);
    }

    /** Runs as a component of the WAR. */
    public static class Listener implements ServletContextListener {

        @Inject
        Modules modules;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            if (modules != null) { // else it is without CDI, and so without actors
                modules.starts(event.getServletContext().getClassLoader());
            }
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            if (modules != null) {
                modules.goes(event.getServletContext().getClassLoader());
            }
        }
    }
}
