package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.runtime.reference.References;
import org.thespis.runtime.settings.ReferenceSettings;

/** What becomes of what is asked from inside the server while the application stops, and behind that. */
class ReferencesEndTest extends ReferencesFixture {

    private ActorReference calling() {
        return actors.type("calling").getOrCreate("a");
    }

    private void stopped() {
        references.close();
        callbacks.shutdown();
        lookups.shutdown();
    }

    @Test
    void whoAsksWhenTheThreadsForAnswersAreGoneIsToldSo() {
        begin(Calling.class);
        stopped();
        assertThat(failure(calling().call("add", 1))).isEqualTo("guard.service_unavailable");
        assertThat(failure(calling().destroy())).isEqualTo("guard.service_unavailable");
        Subscription subscription = calling().on("added", arguments -> {});
        assertThat(failure(subscription.ended())).isEqualTo("guard.service_unavailable");
    }

    @Test
    void whatIsMadeOfAnAnswerCompletesAlsoWhenTheThreadsForAnswersAreGone() throws Exception {
        begin(Calling.class);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletionStage<String> made = calling()
                .call("add", 1)
                .thenApply(count -> {
                    told.countDown();
                    awaitUninterruptibly(goOn);
                    return count;
                })
                .thenApplyAsync(count -> "behind " + count);
        told.await();
        stopped();
        goOn.countDown();
        assertThat(get(made)).isEqualTo("behind 1");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoDestroysAnActorThatIsHeldUpIsToldThatTheActorsStop() throws Exception {
        begin();
        script.act = self -> release.await();
        scripted("held").tell("act");
        await("it runs", () -> script.count("act") == 1);
        CompletionStage<Void> destroyed = scripted("held").destroy();
        references.close();
        assertThat(failure(destroyed)).isEqualTo("guard.service_unavailable");
        assertThat(references.open()).isZero();
    }

    @Test
    void whereNoThreadCanBeStartedOnlyThatIsHarmedWhichNeedsOne() throws Exception {
        begin(Calling.class);
        AtomicBoolean none = new AtomicBoolean(true);
        Executor failing = task -> {
            if (none.get()) {
                throw new InternalError("unable to create native thread");
            }
            lookups.execute(task);
        };
        references =
                new References(new LocalRelay(system), failing, callbacks, afterCommit(), ReferenceSettings.defaults());
        assertThat(failure(calling().call("add", 1))).isEqualTo("guard.service_unavailable");
        assertThat(failure(actors.type("calling").exists("a"))).isEqualTo("guard.service_unavailable");
        none.set(false);
        assertThat(get(calling().call("add", 1))).isEqualTo(1);
        assertThat(references.open()).isZero();
    }
}
