package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;

/**
 * Frames that were changed at random: each is a message or malformed, costs no more memory than its size allows, and what
 * was read can be written again. The same frames each time; {@code -Dfuzz.frames=1000000} tries more.
 */
@Timeout(3600)
class FuzzTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.frames", 20_000);
    private static final long SEED = 42;
    private static final int MAX_CHANGES = 6;
    private static final int MAX_SIZE = 4_096;

    /** Buffers of the parser, the stack trace of the exception. */
    private static final long BASE_BYTES = 48_000;

    /** An empty list in a byte of CBOR, and one that grew. */
    private static final long BYTES_PER_BYTE = 150;

    private static final long MAX_NANOS = 1_000_000_000L;

    private static final byte[] INTERESTING =
            HexFormat.of().parseHex("00017f80ff1b3b5b7b9bbbdbfbfa1a9f5f7fbfc2c3c4c5c1d84020225b5d7b7d2c3a5c2d2e652430");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static List<WireCodec> codecs() {
        return List.of(WireCodec.JSON, WireCodec.CBOR, WireCodec.BARE);
    }

    private static List<byte[]> corpus(WireCodec codec) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/fuzz/" + codec.name() + ".txt"))) {
            frames.add(
                    codec == WireCodec.JSON
                            ? line.getBytes(StandardCharsets.UTF_8)
                            : HexFormat.of().parseHex(line));
        }
        return frames;
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aChangedFrameIsAMessageOrMalformed(WireCodec codec) throws Exception {
        Random random = new Random(SEED);
        List<byte[]> corpus = corpus(codec);
        for (byte[] frame : corpus) {
            writeAgain(codec.decode(frame));
        }
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (tryOne(codec, change(corpus, random))) {
                read++;
            }
        }
        assertThat(read).as("frames that were still messages").isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
    }

    private boolean tryOne(WireCodec codec, byte[] frame) {
        long start = CpuTime.nanos();
        long bound = BASE_BYTES + BYTES_PER_BYTE * frame.length;
        if (cost(codec, frame) > bound) { // the first time classes and texts of errors may have been loaded
            assertThat(cost(codec, frame)).as(() -> show(frame)).isLessThan(bound);
        }
        ClientMessage message = decode(codec, frame);
        assertThat(CpuTime.nanos() - start).as(() -> show(frame)).isLessThan(MAX_NANOS);
        if (message != null) {
            writeAgain(message);
        }
        return message != null;
    }

    /** Bytes that reading allocates, whatever comes of it. */
    private long cost(WireCodec codec, byte[] frame) {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        decode(codec, frame);
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    /** Null if malformed. */
    private static ClientMessage decode(WireCodec codec, byte[] frame) {
        try {
            return codec.decode(frame);
        } catch (MalformedMessageException e) {
            return null;
        } catch (Throwable e) {
            throw new AssertionError(show(frame), e);
        }
    }

    /** JSON writes everything; the binary encodings all but halves of surrogate pairs, which only JSON can bring. */
    private static void writeAgain(ClientMessage message) {
        if (message instanceof ActionRequest request) {
            WireCodec.JSON.encode(new ServerMessage.Event(request.name(), request.arguments()));
            for (WireCodec binary : List.of(WireCodec.CBOR, WireCodec.BARE)) {
                try {
                    binary.encode(new ServerMessage.ActionResponse(request.id(), request.arguments()));
                } catch (UnencodableException e) {
                    assertThat(e).hasMessageContaining("surrogate");
                }
            }
        } else if (message instanceof SubscriptionRequest request) {
            WireCodec.JSON.encode(new ServerMessage.Event(request.eventName(), List.of()));
        }
    }

    private static byte[] change(List<byte[]> corpus, Random random) {
        byte[] frame = corpus.get(random.nextInt(corpus.size())).clone();
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            int at = random.nextInt(frame.length + 1);
            frame = switch (random.nextInt(6)) {
                case 0 -> replace(frame, at, 1, new byte[] {(byte) random.nextInt()});
                case 1 -> replace(frame, at, 1, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
                case 2 -> replace(frame, at, random.nextInt(8), new byte[0]);
                case 3 -> replace(frame, at, 0, part(frame, random));
                case 4 -> replace(
                        frame, at, random.nextInt(4), part(corpus.get(random.nextInt(corpus.size())), random));
                default -> replace(frame, at, 0, repeated(frame, at, random));
            };
        }
        return frame;
    }

    private static byte[] repeated(byte[] frame, int at, Random random) {
        byte[] part = Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 1 + random.nextInt(4)));
        byte[] all = new byte[part.length * random.nextInt(300)];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private static byte[] part(byte[] frame, Random random) {
        int from = random.nextInt(frame.length + 1);
        return Arrays.copyOfRange(frame, from, from + random.nextInt(frame.length - from + 1));
    }

    private static byte[] replace(byte[] frame, int at, int length, byte[] with) {
        int to = Math.min(frame.length, at + length);
        int size = at + with.length + frame.length - to;
        if (size > MAX_SIZE) {
            return frame;
        }
        byte[] changed = Arrays.copyOf(frame, size);
        System.arraycopy(with, 0, changed, at, with.length);
        System.arraycopy(frame, to, changed, at + with.length, frame.length - to);
        return changed;
    }

    private static String show(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }
}
