package org.thespis.cluster.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.thespis.protocol.MalformedMessageException;

/** Messages that go together over a line: each one is its length, in four bytes, and its bytes. Any thread. */
public final class Frames {

    /** Bytes that a message takes besides its own. */
    public static final int OVERHEAD = Integer.BYTES;

    private Frames() {}

    public static byte[] join(List<byte[]> messages) {
        int length = 0;
        for (byte[] message : messages) {
            length += OVERHEAD + message.length;
        }
        ByteBuffer frame = ByteBuffer.allocate(length);
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
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        while (frame.hasRemaining()) {
            if (frame.remaining() < OVERHEAD) {
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
