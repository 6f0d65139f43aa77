package org.thespis.gateway;

import org.thespis.runtime.Output;

/** Somebody whom actors answer: a connection, a low-level WebSocket, or an HTTP exchange. Any thread. */
interface Client {

    String id();

    /**
     * Takes what is for this client alone. Must not block.
     *
     * @return what is left to do for it to be written, in any thread, or null
     */
    Runnable deliver(Output output);

    /**
     * Queues an event that may be for many. Must not block.
     *
     * @return what is left to do for it to be written, in any thread, or null
     */
    Runnable event(EncodedEvent event);
}
