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
    private StringBuilder text; // null while nothing of a text waits
    private ByteArrayOutputStream bytes; // null while nothing of a binary message waits
    private int size; // bytes of the parts of a text
    private boolean refused;

    MessageParts(SocketClient client, int max) {
        this.client = client;
        this.max = max;
    }

    void text(String part, boolean last) {
        boolean whole = last && text == null;
        int count = whole && part.length() <= max / 3 ? part.length() : size(part);
        if (!takes(size, count)) {
            return;
        }
        if (whole) {
            client.text(part, count);
            return;
        }
        if (keeps(count)) {
            text = text == null ? new StringBuilder(0) : text;
            text.append(part);
            size += count;
            if (last) {
                String all = text.toString();
                int bytesOfAll = size;
                forget();
                client.text(all, bytesOfAll);
            }
        }
    }

    /** Bytes of a text in UTF-8. A whole text of n characters has n to 3n bytes: most need no counting. */
    private int size(String part) {
        return part.length() > max ? part.length() : part.getBytes(StandardCharsets.UTF_8).length;
    }

    void binary(ByteBuffer part, boolean last) {
        int count = part.remaining();
        if (!takes(kept(), count)) {
            return;
        }
        if (last && bytes == null) {
            client.binary(copy(part));
            return;
        }
        if (keeps(count)) {
            bytes = bytes == null ? new ByteArrayOutputStream(0) : bytes;
            bytes.writeBytes(copy(part));
            if (last) {
                byte[] all = bytes.toByteArray();
                forget();
                client.binary(all);
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
        forget();
        client.refuse(error);
    }

    /** Bytes of a binary message that wait. */
    private int kept() {
        return bytes == null ? 0 : bytes.size();
    }

    private void forget() {
        client.place().give(size + kept());
        text = null;
        size = 0;
        bytes = null;
    }
}
