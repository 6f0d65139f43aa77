package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.message.Output;

/** Who destroys an actor is told the truth, and so are all who were with it. */
class DestroyTest extends ScriptedFixture {

    private CompletableFuture<Void> destroy() {
        return actors.system.destroy(id).toCompletableFuture();
    }

    private static boolean saysDone(CompletableFuture<?> done) {
        return done.isDone() && !done.isCompletedExceptionally();
    }

    @Test
    void whileTheStoreIsOutOfReachWhoDestroysIsAnswered() {
        assertThat(act(self -> {
                    store.down = true;
                    self.actor.destroy();
                }))
                .isNotEmpty();
    }

    @Test
    void anActorThatCouldNotBeDestroyedGoesOnFromItsState() {
        act(self -> self.count = 5);
        act(self -> {
            store.down = true;
            self.actor.destroy();
        });
        store.down = false;
        assertThat(act(self -> {})).containsExactly(new Output.Reply("client-3", 1, 5));
    }

    @Test
    void whateverTheStoreThrowsWhoDestroysIsTold() {
        for (Throwable thrown : List.of(new IllegalStateException("pool"), new StackOverflowError())) {
            store.before = access -> {
                if (access.equals("delete")) {
                    ScriptedFixture.<RuntimeException>sneak(thrown);
                }
            };
            CompletableFuture<Void> done = destroy();
            actors.runTasks();
            assertThat(done).as(thrown.getClass().getName()).isCompletedExceptionally();
            assertThat(exists()).isTrue();
        }
        store.before = access -> {};
        CompletableFuture<Void> done = destroy();
        actors.runTasks();
        assertThat(saysDone(done)).isTrue();
        assertThat(exists()).isFalse();
    }

    @Test
    void onStateChangeMayDestroy() {
        script.onStateChange = self -> self.actor.destroy();
        actors.call(id, client(), 1, "add", 1L);
        actors.runTasks();
        assertThat(exists()).isFalse();
    }

    @Test
    void onDisconnectMayDestroy() {
        String client = client();
        script.onDisconnect = (self, connection) -> self.actor.destroy();
        disconnect(client);
        actors.runTasks();
        assertThat(exists()).isFalse();
        assertThat(script.count("destroyed")).isEqualTo(1);
    }

    @Test
    void onDestroyThatThrowsDoesNotKeepTheActor() {
        script.onDestroy = self -> {
            throw new AssertionError("stay");
        };
        assertThat(act(self -> self.actor.destroy())).hasSize(1);
        assertThat(exists()).isFalse();
        assertThat(live()).isZero();
    }

    @Test
    void twoWhoDestroyAtOnceAreBothTold() {
        CompletableFuture<?>[] done = new CompletableFuture<?>[3];
        done[0] = destroy();
        done[1] = destroy();
        actors.runTasks();
        done[2] = destroy();
        assertThat(done).allMatch(DestroyTest::saysDone);
        assertThat(script.count("destroyed")).isEqualTo(1);
    }

    @Test
    void whoDestroysWhileTheDeletionIsOnItsWayIsToldWhenItIsDone() {
        CompletableFuture<?>[] second = new CompletableFuture<?>[1];
        store.after = access -> {
            if (access.equals("delete") && second[0] == null) {
                second[0] = destroy();
            }
        };
        CompletableFuture<Void> first = destroy();
        actors.runTasks();
        assertThat(saysDone(first) && saysDone(second[0])).isTrue();
    }

    @Test
    void anActorThatSleepsCanBeDestroyed() {
        awaitAsleep();
        CompletableFuture<Void> done = destroy();
        actors.runTasks();
        assertThat(saysDone(done)).isTrue();
        assertThat(exists()).isFalse();
        assertThat(script.story()).endsWith("wake", "destroyed", "preDestroy");
    }

    @Test
    void whoDestroysAnActorWhileItFallsAsleepIsToldTheTruth() {
        passUntil("OnSleep", () -> {
            actors.system.tick(); // its state is not written yet
            return !actors.tasks.isEmpty();
        });
        CompletableFuture<Void> done = destroy();
        actors.runTasks();
        assertThat(saysDone(done)).isTrue();
        assertThat(exists()).isFalse();
    }

    @Test
    void destroyingALostInstanceIsDoneOrSaysThatItIsNot() {
        actors.call(id, client(), 1, "add", 1L); // its write is on its way
        anotherWrites(null);
        CompletableFuture<?>[] done = new CompletableFuture<?>[1];
        act(
                self -> { // while a turn runs, the deletion is asked for, and the instance is lost
                    done[0] = destroy();
                    for (Runnable task = actors.tasks.poll(); task != null; task = actors.tasks.poll()) {
                        task.run();
                    }
                });
        assertThat(done[0]).isDone();
        assertThat(saysDone(done[0]) && exists())
                .as("told that it is destroyed, and it is not")
                .isFalse();
    }

    @Test
    void destroyingAnActorThatCannotBeReadIsDoneOrSaysThatItIsNot() {
        anotherWrites("{\"format\":1,\"state\":{\"count\":\"many\"}}");
        actors = system(LONG);
        assertThat(destroy().isCompletedExceptionally() || !exists()).isTrue();
    }

    @Test
    void destroyingAnActorWhoseOnWakeThrowsIsDoneOrSaysThatItIsNot() {
        actors = system(LONG);
        script.onWake = self -> {
            throw new IllegalStateException("wake");
        };
        assertThat(destroy().isCompletedExceptionally() || !exists()).isTrue();
    }

    @Test
    void aFencedInstanceDoesNotDestroyWhatOthersWrote() {
        String client = client();
        TestActors other = system(LONG); // another instance of the actor, on another server
        String guest = other.client(id);
        other.call(id, guest, 1, "add", 5L);
        other.runTasks();
        assertThat(other.outputs).contains(new Output.Reply(guest, 1, 5));
        script.act = self -> {
            if (self.count == 0) { // stale
                self.actor.destroy();
            }
        };
        actors.call(id, client, 1, "act");
        actors.runTasks();
        assertThat(store.memory.load(id)).as("what was acknowledged").isPresent();
    }

    @Test
    void aFencedInstanceThatIsToBeDestroyedDestroysTheActorAsItIsNow() {
        anotherWrites("{\"format\":1,\"state\":{\"count\":5}}");
        CompletableFuture<Void> done = destroy();
        actors.runTasks();
        assertThat(saysDone(done)).isTrue();
        assertThat(exists()).isFalse();
    }

    @Test
    void whoIsConnectedIsNotToldThatAnActorIsGoneWhichIsNot() {
        String guest = client();
        anotherWrites(null);
        script.act = self -> self.actor.destroy();
        actors.call(id, guest, 1, "act");
        actors.runTasks();
        assertThat(exists()).isTrue();
        assertThat(outputs())
                .contains(new Output.Closed(guest, 1011, "actor.restarting"))
                .doesNotContain(new Output.Closed(guest, 1000, null));
    }

    @Test
    void theExecutorOfAnActorThatIsGoneThrows() {
        ActorInstance instance = actors.system.instance(id);
        act(self -> self.actor.destroy());
        List<String> ran = new ArrayList<>();
        boolean thrown = false;
        try {
            instance.context().executor().execute(() -> ran.add("ran"));
            actors.runTasks();
        } catch (RejectedExecutionException e) {
            thrown = true;
        }
        assertThat(!ran.isEmpty() || thrown)
                .as("run, or rejected as documented")
                .isTrue();
    }

    @Test
    void whoDidSomethingBeforeTheActorWasDestroyedIsNotToldToTryAgain() {
        store.after = access -> {
            if (access.equals("delete")) {
                actors.runTasks(); // the write under way comes right behind the deletion
            }
        };
        String client = client();
        script.act = self -> self.actor.destroy();
        actors.call(id, client, 1, "add", 1L);
        actors.call(id, client, 2, "act");
        actors.runTasks();
        assertThat(outputs().toString()).contains("Reply").doesNotContain("restarting");
    }

    @Test
    void whoWaitsBehindTheDestructionIsToldThatNothingWasRunAndWhoRunsThatItMayHaveBeen() {
        String client = client();
        script.give = self -> new CompletableFuture<>();
        actors.call(id, client, 1, "give");
        script.act = self -> {
            actors.call(id, client, 3, "get");
            self.actor.destroy();
        };
        actors.call(id, client, 2, "act");
        actors.runTasks();
        List<Output> told = answers(outputs(), client);
        assertThat(told)
                .extracting(
                        output -> output instanceof Output.Failed f ? f.error().code() : "reply")
                .containsExactlyInAnyOrder("gone", "reply", "destroyed_while_waiting_for_ready");
    }

    @Test
    void aStoreThatRefusesTheDeletionForAWhileIsTriedAgain() {
        int[] tries = new int[1];
        store.before = access -> {
            if (access.equals("delete") && tries[0]++ == 0) {
                throw new StoreException("deadlock", null);
            }
        };
        CompletableFuture<Void> done = destroy();
        actors.runTasks();
        assertThat(saysDone(done)).isTrue();
        assertThat(exists()).isFalse();
    }
}
