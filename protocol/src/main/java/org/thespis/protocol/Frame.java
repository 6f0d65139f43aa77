package org.thespis.protocol;

import java.nio.ByteBuffer;

/** One WebSocket message, ready to be sent to any number of clients. */
public sealed interface Frame {

    /** Bytes of payload. */
    int size();

    /** @param size bytes of the text in UTF-8 */
    record Text(String text, int size) implements Frame {}

    /** @param bytes read-only; take a {@link ByteBuffer#duplicate} for each send */
    record Binary(ByteBuffer bytes) implements Frame {

        public Binary {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public int size() {
            return bytes.remaining();
        }
    }
}
