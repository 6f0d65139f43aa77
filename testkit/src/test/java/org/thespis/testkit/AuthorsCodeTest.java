package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;

/** What a test is told when the code of an actor does what it should not. */
class AuthorsCodeTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    @RegisterExtension
    final TestKit kit = TestKit.of(Notebook.class).withPatience(SHORT);

    private TestConnection client;

    @BeforeEach
    void begin() {
        Notebook.gate = new CountDownLatch(1);
        client = kit.actor("notebook", "a").connect().on("written");
    }

    @AfterEach
    void end() {
        Notebook.gate.countDown();
    }

    private static void assertCode(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.group() + "." + e.code())
                        .isEqualTo(reason));
    }

    @Test
    void whatThrowsIsAnInternalErrorToItsCallerAndWhatItDidBeforeStands() {
        assertCode("rivetkit.internal_error", () -> client.call("writeAndThrow", "half"));
        assertThat(client).received("written", "half").isOpen();
        assertThat(client.call(String.class, "last")).isEqualTo("half");
    }

    @Test
    void aUserExceptionIsToldWhole() {
        assertCode("user.no", () -> client.call("refuse"));
    }

    @Test
    void anOverflowOfTheStackHarmsNobodyElse() {
        assertCode("rivetkit.internal_error", () -> client.call("overflow"));
        assertThat(client.call(String.class, "write", "on")).isEqualTo("on");
    }

    @Test
    void argumentsAreValidatedAsInAServer() {
        assertCode("actor.validation_failed", () -> client.call("write", " "));
        assertCode("actor.action_not_found", () -> client.call("scribble"));
        assertThat(client.call(String.class, "last")).isEqualTo("nothing");
    }

    @Test
    void aResultOfAnotherTypeIsTold() {
        assertCode("actor.invalid_result", () -> client.call(int.class, "last"));
    }

    @Test
    void aTurnThatBlocksFailsTheTestThatWaitsAndShowsWhere() {
        assertThatThrownBy(() -> client.call(String.class, "block"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the answer to block of notebook/a for 2000 ms of the machine's time")
                .hasMessageContaining("at org.thespis.testkit.Notebook.block(Notebook.java:");
    }

    @Test
    void othersAreReachedWhileATurnBlocks() {
        client.start("block");
        assertThat(kit.actor("notebook", "b").connect().call(String.class, "write", "b"))
                .isEqualTo("b");
        assertThat(client).receivedNo("written").isOpen();
        kit.settle();
    }

    @Test
    void aTurnThatSpinsFailsWhoWaitsForRest() {
        client.start("spin");
        assertThatThrownBy(() -> kit.clock().advance(Duration.ofDays(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("do not come to rest within 2000 ms")
                .hasMessageContaining("Notebook.spin");
    }

    @Test
    void aStageThatNeverCompletesFailsTheTestThatWaits() {
        assertThatThrownBy(() -> client.call("never"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the answer to never of notebook/a")
                .hasMessageContaining("the clock of the test stands still");
    }

    @Test
    void aStageThatCompletesElsewhereIsWaitedFor() {
        assertThat(client.call(String.class, "later")).isEqualTo("later");
    }

    @Test
    void whatTheActorClosesIsClosed() {
        assertCode("connection.closed", () -> client.call("closeBook"));
        assertThat(client).isClosedFor("book.closed");
        assertThatThrownBy(() -> client.call("last"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection to notebook/a is closed: book.closed");
    }

    @Test
    void whatWaitsInAnActorThatIsDestroyedIsTold() {
        CompletableFuture<Object> never = client.start("never");
        client.call("burn");
        assertThat(never)
                .failsWithin(SHORT)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        ActorCallException.class, e -> assertThat(e.code()).isEqualTo("gone"));
        assertThat(client).isClosed();
    }

    @Test
    void whoWasAnsweredBeforeTheConnectionWasClosedIsToldTheAnswer() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch holds = new CountDownLatch(1);
        CompletableFuture<Void> first = client.start("block").thenRun(() -> {
            holds.countDown();
            awaitQuietly(held);
        });
        Notebook.gate.countDown();
        holds.await();
        CompletableFuture<Object> second = client.start("burn");
        assertThat(client).isClosed();
        held.countDown();
        assertThat(second).succeedsWithin(SHORT);
        assertThat(first).succeedsWithin(SHORT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
