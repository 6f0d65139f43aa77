package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Subscription;

/** A store that does not answer holds up nobody inside the server for longer than a call takes. */
class ReferencesHangTest extends ReferencesFixture {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OUT_OF_REACH = "guard.service_unavailable";

    private final AtomicReference<String> hanging = new AtomicReference<>("");
    private final CountDownLatch heals = new CountDownLatch(1);

    private void beginWithStoreThatHangsIn(String access) {
        begin(patient(), limits(SHORT, 100, 100, 100), Calling.class);
        store.before = now -> {
            if (now.equals(hanging.get())) {
                awaitUninterruptibly(heals);
            }
        };
        hanging.set(access);
    }

    private void heal() {
        hanging.set("");
        heals.countDown();
    }

    @Test
    void whoCallsIsToldAndNothingOfItIsRunLater() throws Exception {
        beginWithStoreThatHangsIn("find");
        assertThat(failure(scripted("a").call("add", 1))).isEqualTo(OUT_OF_REACH);
        heal();
        await("the address is served again", () -> isAnswered(scripted("a").call("add", 10), 10));
        assertThat(references.open()).isZero();
    }

    private static boolean isAnswered(CompletionStage<?> stage, int answer) {
        try {
            return get(stage).equals(answer);
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void whoeverWaitsBehindItIsToldToo() {
        beginWithStoreThatHangsIn("find");
        List<CompletionStage<?>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(scripted("a").call("add", 1));
        }
        assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isEqualTo(OUT_OF_REACH));
        assertThat(failure(scripted("a").call("add", 1))).as("at once").isEqualTo(OUT_OF_REACH);
        assertThat(references.open()).isZero();
        heal();
    }

    @Test
    void whoeverFindsNoThreadToLookIsToldToo() {
        beginWithStoreThatHangsIn("find");
        List<CompletionStage<?>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(scripted("a" + i).call("add", 1));
        }
        assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isEqualTo(OUT_OF_REACH));
        assertThat(references.open()).isZero();
        heal();
    }

    @Test
    void whoAsksWhetherAnActorExistsOrEndsItIsTold() {
        beginWithStoreThatHangsIn("find");
        assertThat(failure(actors.type("scripted").exists("a"))).isEqualTo(OUT_OF_REACH);
        assertThat(failure(scripted("a").destroy())).isEqualTo(OUT_OF_REACH);
        assertThat(references.open()).isZero();
        heal();
    }

    @Test
    void whoCreatesIsToldThatNobodyKnowsWhetherThereIsOne() {
        begin(settings(LONG, SHORT, LONG, SHORT), limits(SHORT, 100, 100, 100), Calling.class);
        store.before = access -> awaitUninterruptibly(heals);
        assertThat(failure(actors.type("scripted").create(ActorKey.of("a"), null)))
                .isEqualTo("actor.outcome_unknown");
        assertThat(references.open()).isZero();
        heal();
    }

    @Test
    void whoListensIsLetInWhenTheStoreAnswersAgain() throws Exception {
        beginWithStoreThatHangsIn("find");
        Subscription subscription = scripted("b").on("added", arguments -> {});
        assertThat(failure(scripted("b").call("add", 1))).isEqualTo(OUT_OF_REACH);
        assertThat(subscription.ended().toCompletableFuture()).isNotDone();
        heal();
        get(subscription.opened());
    }

    @Test
    void aCreationMayTakeLongerThanACall() throws Exception {
        begin(patient(), limits(SHORT, 100, 100, 100), Calling.class);
        CountDownLatch created = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("create")) {
                awaitUninterruptibly(created);
            }
        };
        CompletionStage<Object> call = scripted("a").call("add", 1);
        CompletionStage<?> other = actors.type("scripted").exists("never");
        long end = System.nanoTime() + 3 * SHORT.toNanos(); // so long that it would have been told
        await("the time of a call is over", () -> System.nanoTime() - end > 0);
        assertThat(call.toCompletableFuture()).isNotDone();
        created.countDown();
        assertThat(get(call)).isEqualTo(1);
        assertThat(get(other)).isEqualTo(false);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
