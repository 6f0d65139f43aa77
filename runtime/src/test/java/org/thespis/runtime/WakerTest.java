package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.turn.Dispatcher;

/** What looks for actors that are due, with threads and time in the hands of the test. */
class WakerTest {

    private final MemoryStateStore store = new MemoryStateStore();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> woken = new ArrayList<>();
    private long nanos;
    private final Waker waker =
            new Waker(store, Set.of("a"), new Dispatcher(threads::add), Clock.systemUTC(), () -> nanos, this::wake);
    private final List<Consumer<Throwable>> told = new ArrayList<>();

    private void wake(String id, Consumer<Throwable> outcome) {
        woken.add(id);
        told.add(outcome);
    }

    private void due(String id) {
        store.create(new ActorRecord(id, "a", ActorKey.of(id), Instant.EPOCH), "{}".getBytes(), 0);
    }

    private void runAll() {
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            task.run();
        }
    }

    /** That of a type with an executor of its own begins there, and fails there. */
    @Test
    void whoFailsToWakeLaterIsTriedLessOftenToo() {
        due("x");
        for (int i = 0; i < 20; i++) {
            waker.look();
            runAll();
            told.forEach(outcome -> outcome.accept(new IllegalStateException("not today")));
            told.clear();
            nanos += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(woken).as("after 0, 5 and 15 seconds").hasSize(3);
    }

    private void tooLong() {
        nanos += TimeUnit.SECONDS.toNanos(6);
    }

    @Test
    void whoIsDueIsWoken() {
        due("x");
        waker.look();
        runAll();
        assertThat(woken).containsExactly("x");
    }

    @Test
    void whoseWakingHangsTakesOneThread() {
        due("x");
        waker.look();
        threads.remove().run();
        assertThat(threads).as("the waking, which hangs").hasSize(1);
        Runnable hanging = threads.remove();
        for (int i = 0; i < 20; i++) {
            tooLong();
            waker.look();
            threads.remove().run();
            assertThat(threads).isEmpty();
        }
        hanging.run();
        assertThat(woken).containsExactly("x");
    }

    @Test
    void thoseWhoseWakingHangsKeepNoneOfTheOthersAsleepAndNotAllThreads() {
        for (int i = 0; i < 50; i++) {
            due("x" + i);
        }
        waker.look();
        threads.remove().run();
        int atATime = threads.size();
        List<Runnable> hanging = new ArrayList<>(threads);
        threads.clear();
        for (int i = 0; i < 20; i++) {
            tooLong();
            waker.look();
            threads.remove().run();
            hanging.addAll(threads);
            threads.clear();
        }
        assertThat(hanging).hasSizeGreaterThan(atATime).hasSizeLessThan(2 * atATime);
    }

    @Test
    void aLookThatHangsIsReplacedAFewTimes() {
        due("x");
        waker.look();
        waker.look();
        assertThat(threads).as("looks at a time").hasSize(1);
        for (int i = 0; i < 20; i++) {
            tooLong();
            waker.look();
        }
        assertThat(threads).hasSizeBetween(2, 5);
        ((ArrayDeque<Runnable>) threads).removeLast().run();
        ((ArrayDeque<Runnable>) threads).removeLast().run();
        assertThat(woken).containsExactly("x");
    }
}
