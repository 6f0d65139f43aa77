package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.ActionRequest;

/** What a client owes to the application is told also while its executor can start no thread. */
@Timeout(60)
class NoThreadsTest {

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private volatile boolean none;
    private StubServer server;

    private final Executor failing = task -> {
        if (none) {
            throw new InternalError("unable to create native thread");
        }
        pool.execute(task);
    };

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        server.script = line -> {
            line.accept().init();
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                if (message instanceof ActionRequest call && !call.name().equals("forget")) {
                    line.event("moved", 1).answer(call, "done");
                }
            }
        };
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        pool.shutdownNow();
    }

    private ActorClient client() {
        return ActorClient.builder(server.endpoint())
                .executor(failing)
                .times(ClientTimes.DEFAULT.withCall(Duration.ofSeconds(2)))
                .build();
    }

    @Test
    void eventsAndAnswersAreTold() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            result(room.on("moved", heard::add).opened());
            none = true;
            assertThat(result(room.call("x"))).isEqualTo("done");
            assertThat(next(heard)).isEqualTo(List.of(1L));
            none = false;
            assertThat(result(room.call("x"))).isEqualTo("done");
        }
    }

    @Test
    void timeIsOverAsAlways() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            result(room.opened());
            none = true;
            assertThat(failure(room.call("forget"))).isEqualTo("actor.call_timed_out");
            none = false;
            assertThat(failure(room.call("forget"))).isEqualTo("actor.call_timed_out");
        }
    }
}
