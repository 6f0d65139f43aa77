package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorReference;
import org.thespis.api.Actors;
import org.thespis.api.Subscription;

/** How actors end, and what is left of them. */
class CrashAndRestartTest {

    private static final int WRITES = 200;

    @RegisterExtension
    final TestKit kit = TestKit.of(Notebook.class, Notebook.Sketchbook.class, Alarm.class, Alarm.Late.class);

    @Inject
    Actors actors;

    private final TestActor book = kit.actor("notebook", "a");
    private final TestActor sketches = kit.actor("sketchbook", "a");

    @BeforeEach
    void begin() {
        Notebook.gate = new CountDownLatch(1);
        Notebook.STORY.clear();
    }

    @AfterEach
    void end() {
        Notebook.gate.countDown();
    }

    @Test
    void aCrashLosesWhatIsInMemoryOnlyAndRunsNoHook() {
        TestConnection client = book.connect();
        client.call("write", "ink");
        assertThat(client.call(String.class, "pencil")).isEqualTo("ink");
        kit.crash();
        assertThat(client).isClosedFor("the process was killed");
        assertThat(Notebook.STORY).isEmpty();
        TestConnection again = book.connect();
        assertThat(again.call(String.class, "last")).isEqualTo("ink");
        assertThat(again.call(int.class, "size")).isEqualTo(1);
        assertThat(again.call(String.class, "pencil")).isEqualTo("blank");
    }

    @Test
    void aCrashLosesWhatIsSavedNowAndThen() {
        sketches.connect().call("write", "one");
        kit.clock().advance(Duration.ofSeconds(1));
        sketches.connect().call("write", "two");
        kit.crash();
        assertThat(sketches.connect().call(String.class, "last")).isEqualTo("one");
    }

    @Test
    void aRestartSavesAllAndRunsTheHooks() {
        sketches.connect().call("write", "one");
        kit.restart();
        assertThat(Notebook.STORY).containsExactly("gone", "sleep");
        assertThat(sketches.connect().call(String.class, "last")).isEqualTo("one");
    }

    @Test
    void plansOutliveACrash() {
        TestActor alarm = kit.actor("alarm", "a");
        alarm.connect().call("after", Duration.ofDays(1));
        kit.crash();
        kit.clock().advance(Duration.ofDays(2));
        assertThat(alarm.connect().call(int.class, "count")).isEqualTo(1);
    }

    @Test
    void whoWaitsForATurnThatBlocksIsToldOfTheCrash() {
        TestConnection client = book.connect();
        CompletableFuture<Object> blocked = client.start("block");
        kit.crash();
        assertThat(blocked).failsWithin(Duration.ofMinutes(1));
        assertThat(book.connect().call(String.class, "last")).isEqualTo("nothing");
    }

    private static List<CompletableFuture<Object>> writes(TestConnection client) {
        return IntStream.range(0, WRITES)
                .mapToObj(i -> client.start("write", "line " + i))
                .toList();
    }

    private static long answered(List<CompletableFuture<Object>> writes) {
        return writes.stream()
                .filter(write -> write.isDone() && !write.isCompletedExceptionally())
                .count();
    }

    @Test
    void whatWasAnsweredOutlivesACrashInTheMidstOfWritesAndWhoWaitsIsTold() {
        List<CompletableFuture<Object>> writes = writes(book.connect());
        long before = answered(writes);
        kit.crash();
        assertThat(writes).allSatisfy(write -> assertThat(write.exceptionally(told -> null))
                .succeedsWithin(Duration.ofMinutes(1)));
        TestConnection again = book.connect();
        int size = again.call(int.class, "size");
        assertThat((long) size).isBetween(Math.max(before, answered(writes)), (long) WRITES);
        assertThat(again.call(String.class, "last")).isEqualTo(size == 0 ? "nothing" : "line " + (size - 1));
    }

    @Test
    void whoseAnswerIsHeldUpByAnotherWhenItCrashesIsTold() {
        TestConnection client = book.connect();
        CountDownLatch held = new CountDownLatch(1);
        kit.store().hang(); // until somebody waits for the first
        List<CompletableFuture<Object>> writes = writes(client);
        CompletableFuture<Void> first = writes.get(0).thenRun(() -> awaitQuietly(held));
        kit.store().heal();
        assertThat(book.connect().call(int.class, "size")).isEqualTo(WRITES);
        kit.crash();
        assertThat(writes).allSatisfy(write -> assertThat(write.exceptionally(told -> null))
                .succeedsWithin(Duration.ofMinutes(1)));
        held.countDown();
        assertThat(first).succeedsWithin(Duration.ofMinutes(1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) { // of the threads of the run that was killed
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRestartInTheMidstOfWritesKeepsWhatWasAnsweredAndTellsTheOthers() {
        List<CompletableFuture<Object>> writes = writes(book.connect());
        kit.restart();
        assertThat(writes).allSatisfy(write -> assertThat(write.exceptionally(told -> null))
                .succeedsWithin(Duration.ofMinutes(1)));
        assertThat((long) book.connect().call(int.class, "size")).isEqualTo(answered(writes));
    }

    @Test
    void whatNeverEndsDoesNotHoldUpARestart() {
        CompletableFuture<Object> never = book.connect().start("never");
        kit.restart();
        assertThat(never).failsWithin(Duration.ofMinutes(1));
        assertThat(book.connect().call(String.class, "last")).isEqualTo("nothing");
    }

    @Test
    void aCrashWhileTheStoreHangsLosesWhatWasOnItsWay() {
        TestConnection client = book.connect();
        kit.store().hang();
        client.start("write", "lost");
        kit.crash();
        kit.store().heal();
        assertThat(book.connect().call(String.class, "last")).isEqualTo("nothing");
    }

    @Test
    void referencesReachTheActorsThatRunAfterwardsAndSubscriptionsEnd() {
        ActorReference reference = actors.type("notebook").getOrCreate("a");
        reference.blocking().call("write", "one");
        Subscription subscription = reference.on("written", line -> {});
        subscription.opened().toCompletableFuture().join();
        kit.crash();
        assertThat(subscription.ended().toCompletableFuture()).failsWithin(Duration.ofMinutes(1));
        assertThat(reference.blocking().call(String.class, "last")).isEqualTo("one");
    }

    @Test
    void anActorFallsAsleepWhenItIsToldAndWakesAgain() {
        TestConnection client = book.connect();
        client.call("write", "ink");
        client.close();
        assertThat(book.isAwake()).isTrue();
        kit.sleep(book);
        assertThat(book.isAwake()).isFalse();
        assertThat(Notebook.STORY).containsExactly("gone", "sleep");
        kit.sleep(book);
        TestConnection again = book.connect();
        assertThat(again.call(String.class, "last")).isEqualTo("ink");
        assertThat(again.call(String.class, "pencil")).isEqualTo("blank");
    }

    @Test
    void whatCannotFallAsleepFailsTheTestAndSaysWhy() {
        assertThatThrownBy(() -> kit.sleep(book))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there is no actor notebook/a");
        book.connect();
        assertThatThrownBy(() -> kit.sleep(book))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("notebook/a stays awake: it has 1 connections of the test");
    }
}
