package org.thespis.runtime.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifoThreadPoolTest {

    private static final int THREADS = 4;
    private static final int WAITING = 10;

    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final LifoThreadPool pool = new LifoThreadPool(THREADS, WAITING, this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((where, what) -> thrown.add(what));
        threads.add(thread);
        return thread;
    }

    @AfterEach
    void end() throws InterruptedException {
        over.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // by shutdownNow
        }
    }

    private void occupy(int count) {
        CountDownLatch all = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            pool.execute(() -> {
                all.countDown();
                await(over);
            });
        }
        await(all);
    }

    private void awaitResting(Stream<Thread> all) {
        all.forEach(thread -> {
            while (LockSupport.getBlocker(thread) != pool) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void theThreadThatWasBusyLastTakesTheNextTask() {
        awaitResting(threads.stream());
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100; i++) {
            CountDownLatch done = new CountDownLatch(1);
            pool.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
            await(done);
            awaitResting(threads.stream());
        }
        assertThat(used).hasSize(1);
    }

    @Test
    void asManyTasksRunAtATimeAsThereAreThreads() {
        occupy(THREADS);
        assertThat(threads).hasSize(THREADS);
    }

    @Test
    void furtherTasksWaitAndRunInOrder() {
        occupy(THREADS - 1);
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(WAITING);
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        pool.execute(() -> {
            taken.countDown();
            await(start);
        });
        await(taken);
        for (int i = 0; i < WAITING; i++) {
            int number = i;
            pool.execute(() -> {
                order.add(number);
                all.countDown();
            });
        }
        start.countDown();
        await(all);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, WAITING).boxed().toList());
    }

    @Test
    void moreThanMayWaitIsRejected() {
        occupy(THREADS);
        for (int i = 0; i < WAITING; i++) {
            pool.execute(() -> {});
        }
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatThrowsCostsNoThread() {
        for (Throwable bad : List.of(new IllegalStateException(), new StackOverflowError(), new ThreadDeath())) {
            for (int i = 0; i < 2 * THREADS; i++) {
                pool.execute(() -> LifoThreadPoolTest.<RuntimeException>sneak(bad));
            }
            CountDownLatch done = new CountDownLatch(1);
            while (true) {
                try {
                    pool.execute(done::countDown);
                    break;
                } catch (RejectedExecutionException full) {
                    Thread.onSpinWait();
                }
            }
            await(done);
        }
        occupy(THREADS);
        assertThat(thrown).hasSize(3 * 2 * THREADS);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void anInterruptOfATaskIsOverWithIt() {
        occupy(THREADS - 1);
        pool.execute(() -> Thread.currentThread().interrupt());
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        awaitResting(threads.stream().filter(thread -> LockSupport.getBlocker(thread) == pool));
        pool.execute(() -> {
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
            done.countDown();
        });
        await(done);
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void shutDownItRunsWhatWaitsAndTakesNothingMore() throws Exception {
        occupy(THREADS);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < WAITING; i++) {
            pool.execute(ran::incrementAndGet);
        }
        pool.shutdown();
        assertThatThrownBy(() -> pool.execute(ran::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.isTerminated()).isFalse();
        over.countDown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(WAITING);
    }

    @Test
    void shutDownNowItInterruptsWhatRunsAndGivesBackWhatWaits() throws Exception {
        occupy(THREADS);
        pool.execute(() -> {});
        assertThat(pool.shutdownNow()).hasSize(1);
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ofManyAtOnceNoneIsLostAndNoneRunsTwice() throws Exception {
        int senders = 4;
        int each = 20_000;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger rejected = new AtomicInteger();
        List<Thread> all = IntStream.range(0, senders)
                .mapToObj(i -> new Thread(() -> {
                    for (int k = 0; k < each; k++) {
                        try {
                            pool.execute(ran::incrementAndGet);
                        } catch (RejectedExecutionException full) {
                            rejected.incrementAndGet();
                        }
                    }
                }))
                .toList();
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.get() + rejected.get()).isEqualTo(senders * each);
    }

    @Test
    void aHandlerThatThrowsCostsNoThread() throws Exception {
        LifoThreadPool one = new LifoThreadPool(1, WAITING, task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((where, what) -> {
                throw new IllegalStateException(what);
            });
            return thread;
        });
        CountDownLatch done = new CountDownLatch(1);
        one.execute(() -> {
            throw new IllegalStateException();
        });
        one.execute(done::countDown);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        one.shutdown();
        assertThat(one.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPoolWithoutThreadsIsRefused() {
        for (int none : new int[] {0, -1}) {
            assertThatThrownBy(() -> new LifoThreadPool(none, WAITING, this::thread))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("thread");
        }
    }

    @Test
    void ofAPoolThatCannotBeStartedNoThreadStays() throws Exception {
        for (Thread last : new Thread[] {null, unstartable()}) {
            Queue<Thread> started = new ConcurrentLinkedQueue<>();
            assertThatThrownBy(() -> new LifoThreadPool(THREADS, WAITING, task -> {
                        if (started.size() == THREADS - 1) {
                            return last;
                        }
                        Thread thread = thread(task);
                        started.add(thread);
                        return thread;
                    }))
                    .isInstanceOfAny(IllegalStateException.class, OutOfMemoryError.class);
            for (Thread thread : started) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static Thread unstartable() {
        return new Thread() {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
    }

    @Test
    void aThreadThatRestsKeepsNothingOfItsLastTask() {
        awaitResting(threads.stream());
        WeakReference<byte[]> last = runWithAnObject();
        awaitResting(threads.stream());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (last.get() != null) {
            assertThat(System.nanoTime() - end).isNegative();
            System.gc();
        }
    }

    private WeakReference<byte[]> runWithAnObject() {
        byte[] object = new byte[1];
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(() -> {
            object[0]++;
            done.countDown();
        });
        await(done);
        return new WeakReference<>(object);
    }
}
