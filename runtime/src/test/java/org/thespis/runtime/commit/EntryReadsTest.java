package org.thespis.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredEntries;
import org.thespis.runtime.message.ActorException;

/** A turn that reads entries waits for the store, but not for ever. */
class EntryReadsTest {

    private static final EntryRange ALL = new EntryRange("c", null, null, false, 1, 1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger called = new AtomicInteger();
    private final ExecutorService pool = Executors.newFixedThreadPool(EntryReads.MAX_READS);

    /** One that hangs until it is released. */
    private final StateStore hanging = (StateStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                called.incrementAndGet();
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException e) { // a driver need not mind it
                        continue;
                    }
                }
                return new StoredEntries(7, List.of());
            });

    @AfterEach
    void end() throws InterruptedException {
        release.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertUnavailable(EntryReads reads) {
        assertThatThrownBy(() -> reads.read("a", ALL)).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo("actor.entries_unavailable"));
    }

    @Test
    void aStoreThatHangsLetsTheTurnGoAndTakesNoMoreThanItsThreads() {
        EntryReads reads = new EntryReads(hanging, pool, Duration.ofMillis(20));
        for (int i = 0; i < 2 * EntryReads.MAX_READS; i++) {
            assertUnavailable(reads);
        }
        assertThat(called.get()).isEqualTo(EntryReads.MAX_READS);
        release.countDown();
        EntryReads patient = new EntryReads(hanging, pool, Duration.ofSeconds(30));
        assertThat(patient.read("a", ALL).version()).isEqualTo(7);
    }

    @Test
    void whenTheStoreLetsGoItsPlacesAreFreeAgain() {
        EntryReads reads = new EntryReads(hanging, pool, Duration.ofMillis(20));
        for (int i = 0; i < EntryReads.MAX_READS; i++) {
            assertUnavailable(reads);
        }
        release.countDown();
        StoredEntries read = null;
        while (read == null) {
            try {
                read = reads.read("a", ALL);
            } catch (ActorException e) { // it has not let go of all yet
                Thread.onSpinWait();
            }
        }
        assertThat(read.version()).isEqualTo(7);
    }

    @Test
    void whoReadsAfterTheEndIsTold() {
        pool.shutdown();
        EntryReads reads = new EntryReads(hanging, pool, Duration.ofSeconds(30));
        for (int i = 0; i <= EntryReads.MAX_READS; i++) { // each gives its place back
            assertUnavailable(reads);
        }
    }

    @Test
    void readsForWhichNoThreadCouldBeStartedKeepNoPlaceOfOthers() {
        release.countDown();
        AtomicInteger tries = new AtomicInteger();
        EntryReads reads = new EntryReads(
                hanging,
                task -> {
                    if (tries.incrementAndGet() <= EntryReads.MAX_READS) {
                        throw new InternalError("unable to create native thread");
                    }
                    pool.execute(task);
                },
                Duration.ofSeconds(30));
        for (int i = 0; i < EntryReads.MAX_READS; i++) {
            assertUnavailable(reads);
        }
        assertThat(reads.read("a", ALL).version()).isEqualTo(7);
    }
}
