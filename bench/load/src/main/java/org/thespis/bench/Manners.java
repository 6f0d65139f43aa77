package org.thespis.bench;

import io.netty.buffer.ByteBuf;

/** What a protocol says over a WebSocket besides answers and events. Used by the thread of the event loop. */
@FunctionalInterface
interface Manners {

    /** Every message is an answer, an event or the greeting. */
    Manners NONE = (line, payload, index, length) -> false;

    /**
     * Answers a message that is none of these.
     *
     * @return whether it was one
     */
    boolean take(Line line, ByteBuf payload, int index, int length);
}
