package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** What an actor does outside of its turns keeps it in memory as long as it lasts, and not longer. */
class WorkOutsideOfTurnsTest extends ScriptedFixture {

    private void keepingAwake(CompletionStage<?> work) {
        act(self -> self.actor.keepAwake(work));
        disconnect("client-1");
    }

    /** A future asks for the text of what it fails with, and throws what that throws, at the end. */
    private static void fail(CompletableFuture<Void> work, Throwable thrown) {
        try {
            work.completeExceptionally(thrown);
        } catch (IllegalStateException e) {
            assertThat(e).isNotSameAs(thrown);
        }
    }

    @Test
    void whateverItFailsWithTheActorSleepsAfterwards() {
        for (Throwable thrown : TurnsThatBreakTest.throwables().toList()) {
            CompletableFuture<Void> work = new CompletableFuture<>();
            String client = client();
            script.act = self -> self.actor.keepAwake(work);
            actors.call(id, client, 1, "act");
            disconnect(client);
            awaitOthersAsleep();
            assertThat(live()).isEqualTo(1);
            fail(work, thrown);
            awaitAsleep();
        }
    }

    @Test
    void whatIsDoneAlreadyKeepsNobodyAwake() {
        keepingAwake(CompletableFuture.completedStage("x"));
        awaitAsleep();
    }

    @Test
    void lastWorkThatNeverEndsIsLeftAloneWhenTheGraceIsOver() {
        act(self -> self.actor.waitUntil(new CompletableFuture<>()));
        disconnect("client-1");
        awaitAsleep();
        assertThat(script.count("sleep")).isEqualTo(1);
    }

    @Test
    void lastWorkThatOnSleepBeginsIsWaitedForAndDoesNotWakeTheActor() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        script.onSleep = self -> self.actor.waitUntil(work);
        passUntil("OnSleep", () -> script.count("sleep") == 1);
        work.complete(null);
        awaitAsleep();
        assertThat(script.story()).containsExactly("sleep", "preDestroy");
    }

    @Test
    void aTaskThatOnSleepQueuesRunsBeforeTheEndAndDoesNotWakeTheActor() {
        script.onSleep = self -> self.actor.executor().execute(() -> script.note("task", self));
        awaitAsleep();
        assertThat(script.story()).containsExactly("sleep", "task", "preDestroy");
    }

    @Test
    void anActionThatRunsHearsThatItsInstanceIsLost() {
        act(self -> self.actor.ending().thenRun(() -> script.note("ending", self)));
        List<Output> told = act(self -> {
            actors.system.instance(id).lifeCycle().lost(ActorError.restarting());
            actors.runTasks();
            script.note("end of action", self);
        });
        assertThat(told).singleElement().satisfies(one -> assertThat(error(one).code())
                .isEqualTo("restarting"));
        assertThat(script.story()).containsSubsequence("ending", "end of action", "preDestroy");
    }

    @Test
    void aStageThatCannotBeFollowedIsTheAuthorsFault() {
        CompletionStage<Object> odd = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Object> whenComplete(
                    java.util.function.BiConsumer<? super Object, ? super Throwable> action) {
                throw new UnsupportedOperationException("odd");
            }
        };
        assertThat(act(self -> self.actor.keepAwake(odd))).singleElement().isInstanceOf(Output.Failed.class);
        script.give = self -> odd;
        once("h", "give");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).singleElement().isInstanceOf(Output.Failed.class);
        disconnect("client-1");
        awaitAsleep();
    }

    @Test
    void workOfAnActorThatIsDestroyedHearsTheEndAndKeepsNothing() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        act(self -> {
            self.actor.keepAwake(work);
            self.actor.ending().thenRun(() -> script.note("ending", self));
        });
        actors.system.destroy(id);
        actors.runTasks();
        assertThat(script.story()).contains("ending", "destroyed", "preDestroy");
        assertThat(live()).isZero();
        work.complete(null);
        actors.runTasks();
        assertThat(live()).isZero();
    }

    @Test
    void workOfALostInstanceHearsTheEndAndItsTasksAreRefused() {
        act(self -> self.actor.ending().thenRun(() -> script.note("ending", self)));
        Scripted lost = bean();
        anotherWrites(null);
        once("h", "add", 1L);
        actors.runTasks();
        assertThat(script.story()).contains("ending");
        boolean thrown = false;
        try {
            lost.actor.executor().execute(() -> script.note("task", lost));
            actors.runTasks();
        } catch (RejectedExecutionException e) {
            thrown = true;
        }
        assertThat(thrown).isTrue();
        assertThat(script.story()).doesNotContain("task");
    }

    @Test
    void aStageThatCompletesTwiceIsAnsweredOnce() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        once("h", "give");
        stage.complete("one");
        stage.obtrudeValue("two");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, "one"));
    }

    @Test
    void aStageThatTakesNobodyInKeepsNobodyAwake() {
        act(self -> self.actor.keepAwake(new CompletableFuture<Void>() {
            @Override
            public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
                ScriptedFixture.<RuntimeException>sneak(new Exception("checked"));
                return this;
            }
        }));
        disconnect("client-1");
        awaitAsleep();
    }
}
