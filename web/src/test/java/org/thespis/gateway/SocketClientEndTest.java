package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The end of a client of whom nobody knows any more who it is. */
class SocketClientEndTest {

    private static final long END = System.nanoTime();

    private final List<String> told = new ArrayList<>();

    private SocketClient client(Long end) {
        return new SocketClient(
                new SocketLine(null, null, Fixtures.place(40), end, null, Duration.ofSeconds(1)), Fixtures.settings()) {
            @Override
            void text(String text, int size) {}

            @Override
            void binary(byte[] bytes) {}

            @Override
            void closed(int code, String reason) {}

            @Override
            void connectTimedOut() {}

            @Override
            void askForEnd(Command.End command) {
                told.add("asked: " + command.why().reason());
            }

            @Override
            void refuse(ActorError error) {
                told.add("closed: " + error.reason());
            }

            @Override
            public Prepared prepare(Output output) {
                return null;
            }
        };
    }

    @Test
    void itsActorIsAskedOnceToEndItAndWhatItSaysIsDropped() {
        SocketClient client = client(END);
        assertThat(client.isDue(END - 1)).isFalse();
        assertThat(client.mayCome()).isTrue();
        assertThat(client.isDue(END)).isTrue();
        client.end();
        assertThat(client.isDue(END + 1)).isFalse();
        assertThat(client.mayCome()).isFalse();
        assertThat(told).containsExactly("asked: auth.token_expired");
    }

    @Test
    void whatItSaysCountsStill() {
        SocketClient client = client(END);
        client.isDue(END);
        for (int i = 0; i < 10_000; i++) {
            client.mayCome();
        }
        assertThat(told).contains("closed: guard.too_many_requests");
    }

    @Test
    void anActorThatDoesNotEndItInTimeIsNotWaitedFor() {
        SocketClient client = client(END);
        assertThat(client.isDue(END)).isTrue();
        assertThat(client.isDue(END + TimeUnit.SECONDS.toNanos(31))).isFalse();
        assertThat(told).containsExactly("closed: auth.token_expired");
    }

    @Test
    void whoIsKnownForEverHasNone() {
        assertThat(client(null).isDue(END + TimeUnit.DAYS.toNanos(1_000))).isFalse();
    }
}
