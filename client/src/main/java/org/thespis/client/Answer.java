package org.thespis.client;

import org.thespis.api.ActorCallException;

/** Takes what a call came to, once. Any thread. */
interface Answer<T> {

    void result(T result);

    void error(ActorCallException error);

    /** Whether it runs nothing of the application, so that a thread of the container may tell it. */
    default boolean runsNothing() {
        return false;
    }
}
