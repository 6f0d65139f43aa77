package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** WebSocket frames of a client, made once and sent often: RFC 6455, section 5. */
final class Frames {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126; // lengths up to this stand in the second byte
    private static final int MAX_LENGTH = 65_535;

    private Frames() {}

    static ByteBuf text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf binary(byte[] bytes) {
        return frame(BINARY, bytes);
    }

    static ByteBuf pong() {
        return frame(PONG, new byte[0]);
    }

    private static ByteBuf frame(int opcode, byte[] payload) {
        if (payload.length > MAX_LENGTH) {
            throw new IllegalArgumentException("too long: " + payload.length);
        }
        ByteBuf frame = Unpooled.buffer(payload.length + 8); // on the heap, where nothing has to be released
        frame.writeByte(FINAL | opcode);
        if (payload.length < SHORT) {
            frame.writeByte(MASKED | payload.length);
        } else {
            frame.writeByte(MASKED | SHORT);
            frame.writeShort(payload.length);
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ mask[i % mask.length]);
        }
        return Unpooled.unreleasableBuffer(frame.asReadOnly());
    }

    /** An action request in JSON; {@code argument} is JSON. */
    static String jsonCall(String action, String argument) {
        return "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"1\"],\"name\":\"" + action
                + "\",\"args\":[" + argument + "]}}}";
    }

    static String jsonSubscription(String event) {
        return "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"" + event
                + "\",\"subscribe\":true}}}";
    }

    /** An action request with at most one text as argument, in BARE and, inside of it, CBOR. */
    static byte[] bareCall(String action, String text) {
        ByteArrayOutputStream cbor = new ByteArrayOutputStream();
        if (text == null) {
            cbor.write(0x80);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            cbor.write(0x81);
            cbor.write(0x79);
            cbor.write(utf8.length >> 8);
            cbor.write(utf8.length);
            cbor.writeBytes(utf8);
        }
        ByteArrayOutputStream bare = bare(0);
        bare.write(1);
        data(bare, action.getBytes(StandardCharsets.UTF_8));
        data(bare, cbor.toByteArray());
        return bare.toByteArray();
    }

    static byte[] bareSubscription(String event) {
        ByteArrayOutputStream bare = bare(1);
        data(bare, event.getBytes(StandardCharsets.UTF_8));
        bare.write(1);
        return bare.toByteArray();
    }

    private static ByteArrayOutputStream bare(int tag) {
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        bare.write(4); // version, two bytes
        bare.write(0);
        bare.write(tag);
        return bare;
    }

    private static void data(ByteArrayOutputStream bare, byte[] bytes) {
        int length = bytes.length;
        while (length >= 0x80) {
            bare.write(length & 0x7f | 0x80);
            length >>= 7;
        }
        bare.write(length);
        bare.writeBytes(bytes);
    }
}
