package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop writes of what it has read at a time. */
@Timeout(60)
class LoopWritesTest {

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10_000));

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    private List<Runnable> writes(int count) {
        return IntStream.range(0, count)
                .<Runnable>mapToObj(
                        i -> () -> written.add(Thread.currentThread().getName()))
                .toList();
    }

    @Test
    void answersAreWrittenIfNoThreadCanBeStarted() {
        Executor without = task -> {
            throw new StackOverflowError("of a test"); // as an OutOfMemoryError if the system has no threads left
        };
        new FanOut(without).runElsewhere(writes(3));
        assertThat(written).hasSize(3);
    }

    /** Each is a call of the system if the loop writes it. */
    @Test
    void whatOneMessageTellsManyClientsIsNotWrittenByTheLoop() throws InterruptedException {
        new LoopWrites().run(new FanOut(pool), later -> later.addAll(writes(LoopWrites.MANY * 100)));
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(written)
                .hasSize(LoopWrites.MANY * 100)
                .doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void whatOneMessageTellsOneClientIsWrittenByTheLoop() {
        new LoopWrites().run(new FanOut(pool), later -> later.addAll(writes(1)));
        assertThat(written).containsExactly(Thread.currentThread().getName());
    }
}
