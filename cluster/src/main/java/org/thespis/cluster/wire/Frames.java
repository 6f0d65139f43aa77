package org.thespis.cluster.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.thespis.protocol.MalformedMessageException;

/**
 * Messages that go together over a line: one byte for the format, then for each one its length, in four bytes, and its bytes. A
 * single one goes as it is: it begins with a format of its own. Any thread.
 */
public final class Frames {

    /** Of several messages; another one than those of {@link MessageCodec}. */
    private static final byte FORMAT = 2;

    private static final int LENGTH = Integer.BYTES;

    private Frames() {}

    public static byte[] join(List<byte[]> messages) {
        if (messages.size() == 1) {
            return messages.get(0);
        }
        int length = 1;
        for (byte[] message : messages) {
            length += LENGTH + message.length;
        }
        ByteBuffer frame = ByteBuffer.allocate(length).put(FORMAT);
        for (byte[] message : messages) {
            frame.putInt(message.length).put(message);
        }
        return frame.array();
    }

    /**
     * Gives the messages of a frame, in order.
     *
     * @throws MalformedMessageException behind the last whole one, if something else follows
     */
    public static void split(byte[] bytes, Consumer<byte[]> messages) throws MalformedMessageException {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            messages.accept(bytes);
            return;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        while (frame.hasRemaining()) {
            if (frame.remaining() < LENGTH) {
                throw new MalformedMessageException("a frame ends within the length of a message");
            }
            int length = frame.getInt();
            if (length < 0 || length > frame.remaining()) {
                throw new MalformedMessageException("a message of " + length + " bytes is not in its frame");
            }
            byte[] message = new byte[length];
            frame.get(message);
            messages.accept(message);
        }
    }
}
