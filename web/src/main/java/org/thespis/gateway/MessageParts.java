package org.thespis.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/**
 * Puts the parts of messages together, up to a limit: WildFly would buffer a whole message of any size. Parts that wait for
 * others count as bytes of the client. Used by one session, in order.
 */
final class MessageParts {

    private final SocketClient client;
    private final int max;
    private final StringBuilder text = new StringBuilder(0);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private int size; // bytes of the parts of a text
    private boolean refused;

    MessageParts(SocketClient client, int max) {
        this.client = client;
        this.max = max;
    }

    void text(String part, boolean last) {
        int count = last && text.isEmpty() && part.length() <= max / 3 ? part.length() : size(part);
        if (!takes(size, count)) {
            return;
        }
        if (last && text.isEmpty()) {
            client.text(part, count);
            return;
        }
        if (keeps(count)) {
            text.append(part);
            size += count;
            if (last) {
                String whole = text.toString();
                int all = size;
                forget(size);
                client.text(whole, all);
            }
        }
    }

    /** Bytes of a text in UTF-8. A whole text of n characters has n to 3n bytes: most need no counting. */
    private int size(String part) {
        return part.length() > max ? part.length() : part.getBytes(StandardCharsets.UTF_8).length;
    }

    void binary(ByteBuffer part, boolean last) {
        int count = part.remaining();
        if (!takes(bytes.size(), count)) {
            return;
        }
        if (last && bytes.size() == 0) {
            client.binary(copy(part));
            return;
        }
        if (keeps(count)) {
            bytes.writeBytes(copy(part));
            if (last) {
                byte[] whole = bytes.toByteArray();
                forget(whole.length);
                client.binary(whole);
            }
        }
    }

    static byte[] copy(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        return copy;
    }

    private boolean takes(int before, int count) {
        if (!refused && before + count > max) {
            refuse(GatewayErrors.incomingTooLong(max).error());
        }
        return !refused;
    }

    private boolean keeps(int count) {
        try {
            client.place().take(count);
            return true;
        } catch (ActorException e) {
            refuse(e.error());
            return false;
        }
    }

    private void refuse(ActorError error) {
        refused = true;
        forget(size + bytes.size());
        client.refuse(error);
    }

    private void forget(int count) {
        client.place().give(count);
        text.setLength(0);
        text.trimToSize();
        size = 0;
        bytes.reset();
    }
}
