package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The thread that brings a call writes what came of it, if it is lent for that and nobody else is about to write. */
class LoneCommitTest extends ThreadsFixture {

    private final Queue<String> writers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final CountDownLatch writing = new CountDownLatch(1);

    private void noteWriters() {
        noteWriters(() -> {});
    }

    /** @param then comes before each write, when it is noted */
    private void noteWriters(Runnable then) {
        store.before = access -> {
            if (access.equals("write")) {
                writers.add(Thread.currentThread().getName());
                then.run();
            }
        };
    }

    /** The first write hangs. */
    private void hangOnce() {
        noteWriters(() -> {
            if (writing.getCount() > 0) {
                writing.countDown();
                block();
            }
        });
    }

    /** In a thread that is lent. */
    private Thread bring(String id, String client, long number, String action, Object... arguments) {
        Thread caller = named(
                () -> new LocalRelay(system)
                        .askAndWrite(id, new Command.Call(client, number, action, List.of(arguments))),
                "caller" + callers.incrementAndGet());
        caller.start();
        return caller;
    }

    private static Output.Reply reply(String client, long number, Object result) {
        return new Output.Reply(client, number, result);
    }

    @Test
    void theThreadOfALoneCallWritesWhatCameOfIt() throws InterruptedException {
        start(patient());
        String id = made("a");
        String guest = client(id);
        noteWriters();
        for (int i = 1; i <= 3; i++) {
            bring(id, guest, i, "add", 1L).join();
            assertThat(answers(guest, i)).containsExactly(reply(guest, i, i));
        }
        assertThat(writers).containsExactly("caller1", "caller2", "caller3");
        assertThat(stored(id)).contains("\"count\":3");
    }

    @Test
    void aThreadThatIsNotLentDoesNotWrite() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        noteWriters();
        call(id, guest, 1, "add", 1L);
        assertThat(answer(guest, 1)).isEqualTo(reply(guest, 1, 1));
        assertThat(writers).containsExactly("commits");
    }

    @Test
    void nobodyIsToldBeforeItIsWrittenAndTheActorTakesTurnsMeanwhile() throws InterruptedException {
        start(patient());
        String id = made("a");
        String guest = client(id);
        hangOnce();
        Thread first = bring(id, guest, 1, "add", 1L);
        writing.await();
        CountDownLatch ran = new CountDownLatch(1);
        script.act = self -> ran.countDown();
        bring(id, guest, 2, "act").join();
        ran.await(); // in the thread that brought it
        assertThat(isAnswered(guest, 1) || isAnswered(guest, 2)).isFalse();
        release.countDown();
        first.join();
        assertThat(answer(guest, 1)).isEqualTo(reply(guest, 1, 1));
        answer(guest, 2);
    }

    @Test
    void whatComesMeanwhileIsWrittenTogetherByAnother() throws InterruptedException {
        start(patient());
        String id = made("a");
        String b = made("b");
        String c = made("c");
        String guest = client(id);
        String guestOfB = client(b);
        String guestOfC = client(c);
        hangOnce();
        store.batches.clear();
        Thread first = bring(id, guest, 1, "add", 1L);
        writing.await();
        bring(b, guestOfB, 1, "add", 1L).join();
        bring(c, guestOfC, 1, "add", 1L).join();
        release.countDown();
        first.join();
        answer(guestOfB, 1);
        answer(guestOfC, 1);
        assertThat(writers).containsExactly("caller1", "commits");
        assertThat(store.batches).containsExactly(1, 2);
    }

    @Test
    void aStoreThatHangsHoldsUpOneCallerAndOnlyItsOwnCall() throws InterruptedException {
        start(settings(LONG, LONG, LONG, Duration.ofMillis(200)));
        String id = made("a");
        String b = made("b");
        String c = made("c");
        String guest = client(id);
        String guestOfB = client(b);
        String guestOfC = client(c);
        hangOnce();
        Thread first = bring(id, guest, 1, "add", 1L);
        writing.await();
        bring(b, guestOfB, 1, "add", 1L).join(); // is not held up itself
        assertThat(code(answer(guest, 1))).isEqualTo("outcome_unknown");
        assertThat(first.isAlive()).isTrue();
        bring(c, guestOfC, 1, "add", 1L).join(); // nor is anybody else while one is
        answer(guestOfB, 1);
        answer(guestOfC, 1);
        assertThat(writers.stream().filter(name -> name.startsWith("caller"))).containsExactly("caller1");
        release.countDown();
        first.join();
    }

    @Test
    void aWriteThatFailsIsTriedAgainByAnother() throws InterruptedException {
        start(patient());
        String id = made("a");
        String guest = client(id);
        noteWriters(() -> {
            if (writers.size() == 1) {
                throw new StoreException("down", null);
            }
        });
        bring(id, guest, 1, "add", 1L).join();
        assertThat(answer(guest, 1)).isEqualTo(reply(guest, 1, 1));
        assertThat(writers).containsExactly("caller1", "commits");
    }

    @Test
    void theThreadIsGivenBackAsItWas() throws InterruptedException {
        start(patient());
        String id = made("a");
        String guest = client(id);
        Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        store.beforeWrite = writes -> interrupted.add(Thread.currentThread().isInterrupted());
        Thread caller = named(
                () -> {
                    Thread.currentThread().interrupt();
                    new LocalRelay(system).askAndWrite(id, new Command.Call(guest, 1, "add", List.of(1L)));
                    interrupted.add(Thread.currentThread().isInterrupted());
                },
                "caller");
        caller.start();
        caller.join();
        assertThat(interrupted).containsExactly(false, true); // a file of H2 is closed if who writes is interrupted
    }
}
