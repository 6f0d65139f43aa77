package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.DurableMap;
import org.thespis.api.State;
import org.thespis.runtime.message.Command;

/** A thread that reads from sockets waits for no store. */
class EventLoopStoreTest extends ThreadsFixture {

    private static final Queue<String> THREADS = new ConcurrentLinkedQueue<>();

    @Actor("counting")
    static class Counting {

        @State
        DurableMap<String, Integer> scores;

        @Action(nonBlocking = true)
        Integer score(String name) {
            THREADS.add(Thread.currentThread().getName());
            return scores.get(name);
        }
    }

    @Test
    void entriesAreNotReadThere() {
        THREADS.clear();
        start(patient(), Counting.class);
        String id = made("counting", "a");
        String client = client(id);
        assertThat(system.offer(id, new Command.Call(client, 1, "score", List.of("ann"))))
                .isTrue();
        answer(client, 1);
        assertThat(THREADS).isNotEmpty().doesNotContain(Thread.currentThread().getName());
    }
}
