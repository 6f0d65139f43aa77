package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanOutTest {

    private static final int MANY = 10 * FanOut.SHARE + 1;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private List<Runnable> writes(Runnable each) {
        List<Runnable> writes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            writes.add(() -> {
                done.add(number);
                each.run();
            });
        }
        return writes;
    }

    @Test
    void whatIsQuickIsDoneByTheCaller() {
        new FanOut(task -> {
                    throw new AssertionError("no help was needed");
                })
                .run(List.of(() -> done.add(1), () -> done.add(2)));
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void whatTakesLongIsSharedAndDoneOnce() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(MANY);
        new FanOut(executor).run(writes(() -> {
            pause();
            all.countDown();
        }));
        all.await();
        assertThat(done).doesNotHaveDuplicates().hasSize(MANY);
    }

    @Test
    void withoutHelpTheCallerDoesAll() {
        new FanOut(task -> {
                    throw new RejectedExecutionException();
                })
                .run(writes(FanOutTest::pause));
        assertThat(done).hasSize(MANY).isSorted();
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        List<Runnable> writes = writes(() -> {});
        writes.add(FanOut.SHARE / 2, () -> {
            throw new IllegalStateException("one client fails");
        });
        new FanOut(Runnable::run).run(writes);
        assertThat(done).hasSize(MANY);
    }

    private static void pause() {
        try {
            TimeUnit.MICROSECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
