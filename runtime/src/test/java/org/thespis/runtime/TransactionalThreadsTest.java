package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction.Outcome;
import org.thespis.runtime.message.Output;

/** Transactional actions with real threads: what was before is settled first, nothing overlaps, and each runs in one thread. */
class TransactionalThreadsTest extends ThreadsFixture {

    private final FakeTransactions transactions = store.transactions;

    @BeforeEach
    void begin() {
        Teller.reset();
    }

    private String started() {
        return started(LONG);
    }

    private String started(Duration commit) {
        start(settings(LONG, LONG, LONG, commit), Teller.class);
        return made("teller", "a");
    }

    private Object enter(Teller self, String line) {
        transactions.row(line);
        return self.enter(line);
    }

    @Test
    void whatIsOnItsWayIsWrittenFirst() {
        String id = started();
        String client = client(id);
        CountDownLatch writing = new CountDownLatch(1);
        store.beforeWrite = writes -> {
            writing.countDown();
            block();
        };
        Teller.pay = self -> transactions.isInside() ? enter(self, "x") : self.enter("before");
        call(id, client, 1, "plain");
        await("the first write is on its way", () -> writing.getCount() == 0);
        Thread caller = named(() -> call(id, client, 2, "pay"), "caller");
        caller.start();
        await("it waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
        assertThat(transactions.begun).as("begun before it is settled").isZero();
        release.countDown();
        assertThat(answer(client, 2)).isEqualTo(new Output.Reply(client, 2, 2));
        assertThat(answer(client, 1)).isEqualTo(new Output.Reply(client, 1, 1));
        assertThat(stored(id)).contains("\"count\":2");
        assertThat(transactions.rows).containsExactly("x");
    }

    @Test
    void ifThatCannotBeWrittenTheActionIsNotRun() {
        String id = started(Duration.ofMillis(300));
        String client = client(id);
        store.beforeWrite = writes -> {
            throw new StoreException("down", null);
        };
        Teller.pay = self -> self.enter("before");
        call(id, client, 1, "plain");
        call(id, client, 2, "pay");
        assertThat(code(answer(client, 2))).isEqualTo("service_unavailable");
        assertThat(code(answer(client, 1))).isEqualTo("service_unavailable");
        assertThat(Teller.STORY).doesNotContain("pay");
        assertThat(transactions.begun).isZero();
    }

    @Test
    void aStoreThatHangsHoldsItUpOnlyForATime() {
        String id = started(Duration.ofMillis(300));
        String client = client(id);
        store.beforeWrite = writes -> block();
        Teller.pay = self -> self.enter("before");
        call(id, client, 1, "plain");
        call(id, client, 2, "pay");
        assertThat(code(answer(client, 2))).isIn("service_unavailable", "outcome_unknown");
        assertThat(Teller.STORY).doesNotContain("pay");
    }

    @Test
    void turnsDoNotOverlapAndNothingIsLost() {
        String id = started();
        String client = client(id);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
        Teller.pay = self -> {
            if (inside.incrementAndGet() > 1) {
                overlaps.add("overlap");
            }
            try {
                int call = calls.incrementAndGet();
                if (!transactions.isInside()) {
                    return self.enter("plain");
                }
                enter(self, "x" + call);
                if (call % 5 == 0) {
                    throw TransactionsFixture.no();
                }
                return call;
            } finally {
                inside.decrementAndGet();
            }
        };
        transactions.before = what -> {
            transactions.outcome =
                    what.equals("commit") && calls.get() % 7 == 0 ? Outcome.ROLLED_BACK : Outcome.COMMITTED;
        };
        for (int i = 1; i <= 300; i++) {
            int n = i;
            pool.execute(() -> call(id, client, n, n % 3 == 0 ? "plain" : "pay"));
        }
        IntStream.rangeClosed(1, 300).forEach(n -> answer(client, n));
        long plain = IntStream.rangeClosed(1, 300)
                .filter(n -> n % 3 == 0 && code(answers(client, n).get(0)) == null)
                .count();
        long paid = IntStream.rangeClosed(1, 300)
                .filter(n -> n % 3 != 0 && code(answers(client, n).get(0)) == null)
                .count();
        assertThat(overlaps).isEmpty();
        assertThat(plain).isEqualTo(100);
        assertThat(paid).isBetween(1L, 199L);
        assertThat(transactions.rows).hasSize((int) paid);
        assertThat(stored(id)).contains("\"count\":" + (plain + paid) + ",");
    }

    @Test
    void oneThatIsStoppedMeanwhileCommitsAllOrNothing() throws InterruptedException {
        String id = started();
        String client = client(id);
        CountDownLatch running = new CountDownLatch(1);
        Teller.pay = self -> {
            enter(self, "x");
            running.countDown();
            block();
            return 1;
        };
        pool.execute(() -> call(id, client, 1, "pay"));
        running.await();
        Thread stopping = named(() -> system.stop(Duration.ofSeconds(20)), "stopping");
        stopping.start();
        release.countDown();
        stopping.join();
        assertThat(stored(id).contains("\"count\":1")).isEqualTo(transactions.rows.contains("x"));
        assertThat(isAnswered(client, 1)).isTrue();
    }

    @Test
    void neitherTheTimerNorTheCommitThreadsRunAnyOfIt() {
        String id = started();
        String client = client(id);
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        transactions.before = what -> threads.add(Thread.currentThread().getName());
        Teller.pay = self -> {
            if (!transactions.isInside()) {
                return self.actor.schedule().after(Duration.ofMillis(1), "pay");
            }
            return enter(self, "x");
        };
        call(id, client, 1, "plain");
        await("what is planned is done", () -> transactions.rows.contains("x"));
        assertThat(threads).isNotEmpty().noneMatch(name -> name.equals("timer") || name.equals("commits"));
    }

    @Test
    void anActorThatSleptIsReadFirst() {
        start(sleepy(), Teller.class);
        String id = made("teller", "a");
        Teller.pay = self -> enter(self, "x");
        once(id, "one", null, "pay");
        await("the first is answered", () -> isAnswered("one", 0));
        await("it sleeps", () -> system.instance(id) == null);
        once(id, "two", null, "pay");
        assertThat(answer("two", 0)).isEqualTo(new Output.Reply("two", 0, 2));
        assertThat(transactions.rows).containsExactly("x", "x");
    }
}
