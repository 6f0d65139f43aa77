package org.thespis.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.thespis.api.LogLevel;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.turn.Services;

/**
 * Sets the levels of the loggers of single types in the server's own logging, and sets them back when the application goes. Both
 * servers log by {@code java.util.logging}. Any thread.
 */
final class LogLevels implements AutoCloseable {

    /**
     * A logger whose level is set here.
     *
     * @param logger held, as the logging of the JDK forgets one that nobody holds, and its level with it
     * @param before the level that it had; null for that of the logger above
     */
    private record Changed(Logger logger, Level before) {}

    private final Map<String, Changed> set = new HashMap<>(); // by the names of types; guarded by this
    private boolean closed; // guarded by this

    /** What is said of these types counts from now on. */
    synchronized void apply(Collection<ActorDefinition> types) {
        if (!closed) { // else somebody has read settings while the application stops
            types.forEach(type -> apply(type.name(), type.options().logLevel()));
        }
    }

    private void apply(String type, LogLevel wanted) {
        if (wanted == LogLevel.SERVER) {
            restore(set.remove(type));
            return;
        }
        set.computeIfAbsent(type, LogLevels::begin).logger().setLevel(level(wanted));
    }

    private static Changed begin(String type) {
        Logger logger = Logger.getLogger(Services.LOGGER + type);
        return new Changed(logger, logger.getLevel());
    }

    private static void restore(Changed some) {
        if (some != null) {
            some.logger().setLevel(some.before());
        }
    }

    private static Level level(LogLevel wanted) {
        return switch (wanted) {
            case OFF -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINER;
            case SERVER -> throw new IllegalArgumentException("is none");
        };
    }

    /** All is as before. */
    @Override
    public synchronized void close() {
        closed = true;
        set.values().forEach(LogLevels::restore);
        set.clear();
    }
}
