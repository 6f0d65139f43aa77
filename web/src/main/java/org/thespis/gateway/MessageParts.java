package org.thespis.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Puts the parts of messages together, up to a limit: WildFly would buffer a whole message of any size. Used by one
 * session, in order.
 */
final class MessageParts {

    private final SocketClient client;
    private final int max;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private boolean tooLong;

    MessageParts(SocketClient client, int max) {
        this.client = client;
        this.max = max;
    }

    void text(String part, boolean last) {
        if (tooLong || text.length() + part.length() > max) {
            refuse();
        } else if (last && text.isEmpty()) {
            client.text(part);
        } else {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                client.text(whole);
            }
        }
    }

    void binary(ByteBuffer part, boolean last) {
        if (tooLong || bytes.size() + part.remaining() > max) {
            refuse();
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        if (last && bytes.size() == 0) {
            client.binary(copy);
        } else {
            bytes.writeBytes(copy);
            if (last) {
                byte[] whole = bytes.toByteArray();
                bytes.reset();
                client.binary(whole);
            }
        }
    }

    private void refuse() {
        tooLong = true;
        text.setLength(0);
        bytes.reset();
        client.refuse(Guard.incomingTooLong(max).error());
    }
}
