package org.thespis.gateway;

import org.thespis.runtime.message.Output;

/** Somebody whom actors answer: a connection, a low-level WebSocket, or an HTTP exchange. Any thread; nothing blocks. */
interface Client {

    /** What was encoded for a client and is not on its way yet. */
    @FunctionalInterface
    interface Prepared {

        /**
         * Puts it behind all that was handed over before.
         *
         * @return what is left to do for it to be written, in any thread, or null
         */
        Runnable handOver();
    }

    String id();

    /** Encodes what is for this client alone; null if there is nothing to tell it. */
    Prepared prepare(Output output);

    /** Has an event encoded as this client will need it, if it listens to events: others do nothing. */
    default void encode(EncodedEvent event) {}

    /**
     * Puts an event that may be for many behind all that was handed over before; it vanishes if this client does not listen.
     *
     * @return what is left to do for it to be written, in any thread, or null
     */
    default Runnable event(EncodedEvent event) {
        return null;
    }
}
