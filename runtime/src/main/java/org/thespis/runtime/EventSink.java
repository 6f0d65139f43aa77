package org.thespis.runtime;

/** Takes what actors send; implemented by the gateway. */
@FunctionalInterface
public interface EventSink {

    /** Called in order for each actor, from its turn's thread; must not block or throw. Unknown clients are ignored. */
    void deliver(Output output);
}
