package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Hooks that block, and a store that hangs: they hold up nobody but their own actor. */
class BlockingTest extends ThreadsFixture {

    private static final Duration SHORT = Duration.ofMillis(300);

    private void othersGoOn(String other) {
        String guest = client(other);
        call(other, guest, 1, "add", 1L);
        assertThat(answer(guest, 1)).isEqualTo(new Output.Reply(guest, 1, 1));
    }

    private String code(String client, long id) {
        return ((Output.Failed) answer(client, id)).error().code();
    }

    @Test
    void anOnDestroyThatBlocksHoldsUpOnlyItsOwnActor() {
        start(settings(SHORT, LONG, LONG, LONG));
        String id = made("a");
        String other = made("other");
        String guest = client(id);
        CountDownLatch blocked = new CountDownLatch(1);
        script.onDestroy = self -> {
            blocked.countDown();
            block();
        };
        Thread destroyer = named(() -> system.destroy(id), "destroyer");
        destroyer.start();
        awaitEnd("the hook blocks", () -> awaitLatch(blocked));
        othersGoOn(other);
        call(id, guest, 1, "add", 1L);
        assertThat(code(guest, 1)).isEqualTo("action_timed_out");
        release.countDown();
        await("it is destroyed", () -> store.memory.find(id).isEmpty() && system.instance(id) == null);
    }

    @Test
    void anOnDisconnectThatBlocksHoldsUpOnlyItsOwnActor() {
        start(settings(SHORT, LONG, LONG, LONG));
        String id = made("a");
        String other = made("other");
        String leaving = client(id);
        String guest = client(id);
        CountDownLatch blocked = new CountDownLatch(1);
        script.onDisconnect = (self, connection) -> {
            blocked.countDown();
            block();
        };
        named(() -> system.deliver(id, new Command.Disconnect(leaving)), "leaving")
                .start();
        awaitEnd("the hook blocks", () -> awaitLatch(blocked));
        othersGoOn(other);
        call(id, guest, 1, "add", 1L);
        assertThat(code(guest, 1)).isEqualTo("action_timed_out");
        release.countDown();
        call(id, guest, 2, "add", 1L);
        assertThat(answer(guest, 2)).isEqualTo(new Output.Reply(guest, 2, 1));
    }

    @Test
    void aStoreThatHangsOnADeletionHoldsUpOthersUpToTheCommitTimeoutOnly() {
        start(settings(LONG, LONG, LONG, SHORT));
        String id = made("a");
        String other = made("other");
        CountDownLatch blocked = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("delete")) {
                blocked.countDown();
                block();
            }
        };
        var destroyed = system.destroy(id).toCompletableFuture();
        awaitEnd("the store hangs", () -> awaitLatch(blocked));
        AtomicReference<Throwable> told = new AtomicReference<>();
        awaitEnd("who destroys is told", () -> told.set(Assertions.catchThrowable(destroyed::get)));
        assertThat(told.get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ActorException.class, e -> assertThat(e.error().code()).isEqualTo("outcome_unknown"));
        othersGoOn(other);
    }

    @Test
    void aStoreThatHangsOnALoadHoldsUpOnlyWhoNeedsThatActor() throws InterruptedException {
        start(sleepy());
        String id = made("a");
        await("it sleeps", () -> system.instance(id) == null);
        AtomicBoolean first = new AtomicBoolean(true);
        CountDownLatch blocked = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("load") && first.compareAndSet(true, false)) {
                blocked.countDown();
                block();
            }
        };
        Thread caller = named(() -> connect(id, "late"), "caller");
        caller.start();
        awaitEnd("the store hangs", () -> awaitLatch(blocked));
        othersGoOn(made("other"));
        release.countDown();
        caller.join();
        await("who waited is let in", () -> outputs.stream()
                .anyMatch(o ->
                        o instanceof Output.Opened opened && opened.clientId().equals("late")));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
