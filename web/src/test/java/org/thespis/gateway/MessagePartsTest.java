package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.Place;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class MessagePartsTest {

    private static final int MAX = 30;

    private final List<String> heard = new ArrayList<>();
    private final Place place = Fixtures.place(40);
    private final MessageParts parts = new MessageParts(new Listener(), MAX);

    private final class Listener extends SocketClient {

        Listener() {
            super(new SocketLine(null, null, place), Fixtures.settings());
        }

        @Override
        void text(String text, int size) {
            heard.add(text + " " + size);
        }

        @Override
        void binary(byte[] bytes) {
            heard.add(bytes.length + " bytes");
        }

        @Override
        void refuse(ActorError error) {
            heard.add(error.reason());
        }

        @Override
        void closed(int code, String reason) {
            throw new AssertionError();
        }

        @Override
        void askForEnd(Command.End command) {
            // it never ends
        }

        @Override
        void connectTimedOut() {
            throw new AssertionError();
        }

        @Override
        public Prepared prepare(Output output) {
            throw new AssertionError();
        }

        @Override
        public void encode(EncodedEvent event) {
            throw new AssertionError();
        }

        @Override
        public Runnable event(EncodedEvent event) {
            throw new AssertionError();
        }
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    @Test
    void partsBecomeOneMessage() {
        parts.text("a", false);
        parts.text("é", false);
        parts.text("c", true);
        parts.binary(bytes(10), false);
        parts.binary(bytes(20), true);
        parts.text("d", true);
        parts.binary(bytes(30), true);
        assertThat(heard).containsExactly("aéc 4", "30 bytes", "d 1", "30 bytes");
        place.take(40); // all that waited was given back
    }

    @ParameterizedTest
    @CsvSource({"30, x, true", "31, x, false", "15, é, true", "16, é, false", "10, €, true", "11, €, false"})
    void theLimitOfATextCountsBytes(int count, String character, boolean passes) {
        parts.text(character.repeat(count), true);
        String text = character.repeat(count);
        assertThat(heard.get(0)).startsWith(passes ? text + " " : "message.incoming_too_long");
    }

    @Test
    void aMessageThatGrowsTooLongIsRefusedOnceAndForgotten() {
        parts.binary(bytes(20), false);
        parts.binary(bytes(20), false);
        parts.binary(bytes(20), true);
        parts.text("x", true);
        assertThat(heard).containsExactly("message.incoming_too_long");
        place.take(40);
    }

    @Test
    void partsThatWaitCountAsBytesOfTheClient() {
        place.take(25);
        parts.text("x".repeat(10), false);
        parts.text("x".repeat(10), false);
        assertThat(heard).containsExactly("guard.too_many_bytes");
        place.take(15);
    }

    @Test
    void fragmentsWithoutEndAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            parts.text("xxx", false);
        }
        assertThat(heard).containsExactly("message.incoming_too_long");
    }
}
