package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * What Flyway says, which it does at each start: only what went wrong is of use to who runs the server. Which databases are
 * tested is our word and not Flyway's. Any thread.
 */
final class SchemaLog implements LogCreator, Log {

    private static final Logger LOG = System.getLogger(Schema.class.getName());

    /** How it begins to tell that a database is newer than Flyway itself. */
    private static final String NEWER_DATABASE = "Flyway upgrade recommended";

    @Override
    public Log createLogger(Class<?> source) {
        return this;
    }

    @Override
    public boolean isDebugEnabled() {
        return LOG.isLoggable(Level.DEBUG);
    }

    @Override
    public void debug(String message) {
        log(Level.DEBUG, message);
    }

    @Override
    public void info(String message) {
        log(Level.DEBUG, message);
    }

    @Override
    public void notice(String message) {
        log(Level.DEBUG, message);
    }

    @Override
    public void warn(String message) {
        log(message.startsWith(NEWER_DATABASE) ? Level.DEBUG : Level.WARNING, message);
    }

    @Override
    public void error(String message) {
        log(Level.ERROR, message);
    }

    @Override
    public void error(String message, Exception e) {
        LOG.log(Level.ERROR, message, e);
    }

    /** As it is: it may hold braces, which are no places of parameters. */
    private static void log(Level level, String message) {
        LOG.log(level, message, (Throwable) null);
    }
}
