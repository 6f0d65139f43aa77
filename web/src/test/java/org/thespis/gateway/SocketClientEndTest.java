package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a client of whom nobody knows any more who it is. */
class SocketClientEndTest {

    private static final long END = System.nanoTime();

    private final List<String> told = new ArrayList<>();

    private SocketClient client(Long end) {
        return new ToldClient("it", end, null, told);
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
        assertThat(told).containsExactly("it asked: auth.token_expired");
    }

    @Test
    void whatItSaysCountsStill() {
        SocketClient client = client(END);
        client.isDue(END);
        for (int i = 0; i < 10_000; i++) {
            client.mayCome();
        }
        assertThat(told).contains("it guard.too_many_requests");
    }

    @Test
    void anActorThatDoesNotEndItInTimeIsNotWaitedFor() {
        SocketClient client = client(END);
        assertThat(client.isDue(END)).isTrue();
        assertThat(client.isDue(END + TimeUnit.SECONDS.toNanos(31))).isFalse();
        assertThat(told).containsExactly("it auth.token_expired");
    }

    @Test
    void whoIsKnownForEverHasNone() {
        assertThat(client(null).isDue(END + TimeUnit.DAYS.toNanos(1_000))).isFalse();
    }
}
