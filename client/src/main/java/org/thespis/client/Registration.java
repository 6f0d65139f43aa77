package org.thespis.client;

/** A listener that is told until it is closed. Any thread. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Ends it; a listener that runs is not waited for. Further calls do nothing. */
    @Override
    void close();
}
