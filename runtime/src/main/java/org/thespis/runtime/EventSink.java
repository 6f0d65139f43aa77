package org.thespis.runtime;

/** Takes what actors send; implemented by the gateway. */
@FunctionalInterface
public interface EventSink {

    /** Called in order for each actor, from its turn's thread; must not block or throw. Unknown clients are ignored. */
    void deliver(Output output);

    /**
     * Runs something that delivers. The sink may put off the writing of what this thread delivers until it ends, so that no
     * actor waits for a line; the order is that of the deliveries.
     */
    default void together(Runnable deliveries) {
        deliveries.run();
    }
}
