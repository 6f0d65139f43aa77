package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Frames;

class OutboxTest {

    private static final byte[] RESET = {9};
    private static final int MAX_BYTES = 1_000_000;

    /** Frames that the line took, of which it takes one for each permit. */
    private final BlockingQueue<List<byte[]>> frames = new LinkedBlockingQueue<>();

    private final Semaphore permits = new Semaphore(0);
    private final Semaphore asked = new Semaphore(0);
    private final AtomicInteger givenUp = new AtomicInteger();
    private volatile Throwable broken;
    private volatile boolean breaks; // each time
    private final Outbox outbox = new Outbox("b", new Line(), MAX_BYTES, Thread::new, RESET, givenUp::incrementAndGet);

    private final class Line implements Links {

        @Override
        public String self() {
            return "a";
        }

        @Override
        public String address(String node) {
            return node;
        }

        @Override
        public void start(Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(String node, byte[] frame) throws InterruptedException {
            asked.release();
            if (breaks) {
                throw new IllegalStateException("of a test");
            }
            permits.acquire();
            Throwable now = broken;
            broken = null;
            if (now instanceof Error error) {
                throw error;
            }
            if (now instanceof RuntimeException exception) {
                throw exception;
            }
            List<byte[]> messages = new ArrayList<>();
            try {
                Frames.split(frame, messages::add);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            frames.add(messages);
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    private List<byte[]> frame() throws InterruptedException {
        permits.release();
        List<byte[]> frame = frames.poll(30, TimeUnit.SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame;
    }

    /** Starts it, and lets its thread be about to send a first message. */
    private void busy() throws InterruptedException {
        outbox.start();
        outbox.send(Kind.COMMAND, new byte[] {0});
        assertThat(asked.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWaitsGoesTogetherAndInOrder() throws Exception {
        busy();
        byte[] first = {1};
        byte[] second = {2};
        byte[] third = {3};
        outbox.send(Kind.OUTPUT, first);
        outbox.send(Kind.CONTROL, second);
        outbox.send(Kind.COMMAND, third);
        assertThat(frame()).hasSize(1);
        assertThat(frame()).containsExactly(first, second, third);
    }

    @Test
    void aFrameIsNotLongerThanItsBoundUnlessItsOnlyMessageIs() throws Exception {
        busy();
        byte[] half = new byte[Outbox.MAX_FRAME / 2];
        byte[] large = new byte[2 * Outbox.MAX_FRAME];
        outbox.send(Kind.OUTPUT, half);
        outbox.send(Kind.OUTPUT, half);
        outbox.send(Kind.OUTPUT, large);
        outbox.send(Kind.OUTPUT, RESET);
        assertThat(frame()).hasSize(1);
        assertThat(frame()).containsExactly(half);
        assertThat(frame()).containsExactly(half);
        assertThat(frame()).containsExactly(large);
        assertThat(frame()).containsExactly(RESET);
    }

    @Test
    void whatIsSentMakesRoom() throws Exception {
        busy();
        byte[] part = new byte[Outbox.MAX_FRAME];
        int room = 0;
        while (outbox.send(Kind.COMMAND, part)) {
            room++;
        }
        assertThat(room).isPositive();
        assertThat(frame()).hasSize(1);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < room; i++) {
                assertThat(frame()).hasSize(1);
            }
            assertThat(asked.tryAcquire(room, 30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < room; i++) {
                assertThat(outbox.send(Kind.COMMAND, part)).isTrue();
            }
        }
        assertThat(givenUp).hasValue(0);
    }

    @Test
    void tooMuchIsGivenUpAndTheNodeIsToldSoBeforeAnythingElse() throws Exception {
        busy();
        byte[] control = {7};
        outbox.send(Kind.CONTROL, control);
        while (outbox.send(Kind.OUTPUT, new byte[Outbox.MAX_FRAME])) {
            assertThat(givenUp).hasValue(0);
        }
        assertThat(givenUp).hasValue(1);
        assertThat(frame()).hasSize(1);
        assertThat(frame()).containsExactly(RESET, control);
    }

    @Test
    void aLineThatThrowsIsGivenUpAndGoesOn() throws Exception {
        busy();
        for (Throwable thrown : List.of(new IllegalStateException("broken"), new StackOverflowError())) {
            int before = givenUp.get();
            broken = thrown;
            permits.release();
            assertThat(frame()).containsExactly(RESET);
            assertThat(givenUp).hasValue(before + 1);
            outbox.send(Kind.COMMAND, new byte[] {1});
        }
        assertThat(frame()).hasSize(1);
    }

    @Test
    void aLineThatBreaksEachTimeIsTriedNowAndThenAndTellsThatItWas() throws Exception {
        breaks = true;
        long begun = System.nanoTime();
        outbox.start();
        outbox.send(Kind.COMMAND, new byte[] {0});
        assertThat(asked.tryAcquire(4, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(3 * Outbox.RETRY_MILLIS);
        breaks = false;
        assertThat(frame()).containsExactly(RESET);
    }
}
