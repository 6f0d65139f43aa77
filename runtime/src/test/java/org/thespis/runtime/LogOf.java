package org.thespis.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.thespis.runtime.turn.Services;

/** What one logger takes into the log, until it is closed. Any thread. */
public final class LogOf extends Handler implements AutoCloseable {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger;

    private LogOf(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    public static LogOf type(Class<?> type) {
        return new LogOf(type.getName());
    }

    /** What is told of the actors of a type. */
    public static LogOf actors(String type) {
        return new LogOf(Services.LOGGER + type);
    }

    /** The messages so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The exceptions that were logged with them. */
    public List<Throwable> thrown() {
        return List.copyOf(thrown);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().formatMessage(record));
        if (record.getThrown() != null) {
            thrown.add(record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
