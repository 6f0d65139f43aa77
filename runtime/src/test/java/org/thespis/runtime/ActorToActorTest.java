package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.settings.ReferenceSettings;

/** Actors that call actors. */
class ActorToActorTest extends ReferencesFixture {

    private ActorReference calling(String key) {
        return actors.type("calling").getOrCreate(key);
    }

    @Test
    void aCallGoesThroughSeveralActors() throws Exception {
        begin(Calling.class);
        assertThat(get(calling("a").call("pass", List.of("b", "c", "d")))).isEqualTo("end");
    }

    @Test
    void aCallDoesNotBlockTheTurn() throws Exception {
        begin(Calling.class);
        CompletionStage<Object> waiting = calling("a").call("ask", "b", "never");
        assertThat(get(calling("a").call("add", 1))).isEqualTo(1);
        assertThat(get(calling("b").call("add", 1))).isEqualTo(1);
        assertThat(waiting.toCompletableFuture()).isNotDone();
    }

    @Test
    void whatComesBackGoesOnInATurnOfItsOwn() throws Exception {
        begin(Calling.class);
        get(calling("b").call("add", 6));
        assertThat(get(calling("a").call("addOfOther", "b"))).isEqualTo(7);
        assertThat(get(calling("a").call("add", 0))).isEqualTo(7);
    }

    @Test
    void twoActorsMayCallEachOtherAtOnce() throws Exception {
        begin(Calling.class);
        List<CompletionStage<Object>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(calling("a").call("addOfOther", "b"));
            all.add(calling("b").call("addOfOther", "a"));
        }
        for (CompletionStage<Object> each : all) {
            get(each);
        }
    }

    @Test
    void twoActorsThatWaitForEachOtherForEverAreToldThatTheTimeIsOver() {
        begin(settings(Duration.ofMillis(200), LONG, LONG, LONG), ReferenceSettings.defaults(), Calling.class);
        CompletionStage<Object> one = calling("a").call("ask", "b", "never");
        CompletionStage<Object> other = calling("b").call("ask", "a", "never");
        assertThat(failure(one)).isEqualTo("actor.action_timed_out");
        assertThat(failure(other)).isEqualTo("actor.action_timed_out");
        await("nothing is kept", () -> references.open() == 0);
    }

    private ActorCallException cycle(String key) {
        CompletableFuture<ActorCallException> found = new CompletableFuture<>();
        script.give =
                self -> actors.type("scripted").getOrCreate(key).call("give").whenComplete((nothing, thrown) -> {
                    if (thrown instanceof ActorCallException e) {
                        found.complete(e);
                    }
                });
        scripted("a").tell("give");
        return found.join();
    }

    @Test
    void anActorThatCallsItselfIsFoundAtOnce() {
        begin();
        ActorCallException e = cycle("a");
        assertThat(code(e)).isEqualTo("actor.call_cycle");
        assertThat(e).hasMessageContaining("scripted/a -> scripted/a");
    }

    @Test
    void aChainThatComesBackIsFoundAtOnceAndNamed() {
        begin();
        CompletableFuture<ActorCallException> found = new CompletableFuture<>();
        List<String> keys = List.of("a", "b", "c");
        script.give = self -> {
            String next = keys.get((keys.indexOf(self.key()) + 1) % keys.size());
            return scripted(next).call("give").whenComplete((nothing, thrown) -> {
                if (thrown instanceof ActorCallException e && e.code().equals("call_cycle")) {
                    found.complete(e);
                }
            });
        };
        scripted("a").tell("give");
        assertThat(found.join())
                .hasMessageContaining("scripted/a -> scripted/b -> scripted/c -> scripted/a")
                .hasMessageContaining("tell");
        assertThat(script.count("give")).isEqualTo(3);
    }

    @Test
    void whoBeganAChainThatComesBackIsToldSoWithoutTheKeysOfOthers() throws Exception {
        begin(Calling.class);
        CompletionStage<Object> call = calling("a").call("pass", List.of("b", "c", "b"));
        assertThat(failure(call)).isEqualTo("actor.call_cycle");
        assertThat(catchThrowable(() -> get(call)).getCause()).hasMessageNotContaining("calling/");
    }

    @Test
    void anErrorOfAnotherActorIsHiddenFromTheCallerUnlessTheAuthorSaysMore() {
        begin(Calling.class);
        assertThat(failure(calling("a").call("ask", "b", "fail"))).isEqualTo("rivetkit.internal_error");
        assertThat(failure(calling("a").call("ask", "b", "none"))).isEqualTo("rivetkit.internal_error");
    }

    @Test
    void aChainIsNotLongerThanItMayBe() {
        begin(Calling.class);
        List<String> keys = IntStream.rangeClosed(1, CallChain.MAX_LENGTH + 1)
                .mapToObj(i -> "k" + i)
                .toList();
        CompletableFuture<String> found = new CompletableFuture<>();
        script.give = self -> {
            int next = Integer.parseInt(self.key()) + 1;
            return scripted(String.valueOf(next)).call("give").whenComplete((nothing, thrown) -> {
                if (thrown instanceof ActorCallException e && e.code().equals("call_chain_too_long")) {
                    found.complete(self.key());
                }
            });
        };
        scripted("1").tell("give");
        assertThat(Integer.parseInt(found.join())).isEqualTo(keys.size());
    }

    @Test
    void whatNobodyWaitsForMayComeBack() throws Exception {
        begin(Calling.class);
        get(calling("a").call("tell", "b", 5));
        await("it came back", () -> {
            try {
                return get(calling("a").call("add", 0)).equals(5);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void waitingInATurnIsRefusedAndShowsTheWay() throws Exception {
        begin();
        CompletableFuture<Throwable> blocking = new CompletableFuture<>();
        CompletableFuture<Throwable> joining = new CompletableFuture<>();
        script.act = self -> {
            blocking.complete(catchThrowable(() -> scripted("b").blocking().call("get")));
            CompletionStage<Object> later = scripted("b").call("give").thenApply(x -> x);
            joining.complete(catchThrowable(() -> later.toCompletableFuture().join()));
        };
        script.give = self -> new CompletableFuture<>();
        get(scripted("a").call("act"));
        for (CompletableFuture<Throwable> refused : List.of(blocking, joining)) {
            assertThat(refused.join())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("return the CompletionStage")
                    .hasMessageContaining("actor.executor()");
        }
    }

    @Test
    void theFirstCallersPrincipalGoesAlongWhateverGoesOnInBetween() throws Exception {
        begin(Calling.class);
        assertThat(get(calling("a").call("ask", "b", "user"))).isEqualTo("ann");
        assertThat(get(calling("a").call("askTwice", "b", "c"))).isEqualTo("ann");
        assertThat(get(calling("a").call("userInTurnOfItsOwn", "b"))).isEqualTo("ann");
        String id = made("calling", "d"); // called by somebody who is not known
        String client = client(id);
        call(id, client, 1, "ask", "b", "user");
        assertThat(answer(client, 1).toString()).contains("nobody");
    }

    @Test
    void aTurnNeverRunsInsideAnothersTurn() throws Exception {
        begin();
        script.give = self -> {
            self.count++;
            if (self.key().equals("a")) {
                CompletionStage<Object> other = scripted("b").call("give");
                assertThat(Thread.currentThread().getContextClassLoader()).isNotNull();
                return other.thenApply(x -> "done");
            }
            assertThat(catchThrowable(() -> self.actor.connection())).isNull();
            return self.key();
        };
        assertThat(get(scripted("a").call("give"))).isEqualTo("done");
        assertThat(script.threads("give")).allMatch(name -> name.equals("pool"));
    }

    @Test
    void anActorThatListensToAnotherGoesOnInATurnOfItsOwn() throws Exception {
        begin();
        script.act = self -> {
            Subscription subscription = scripted("b")
                    .on("added", Integer.class, count -> self.actor.executor().execute(() -> self.count += count));
            self.actor.keepAwake(subscription.opened());
        };
        get(scripted("a").call("act"));
        await("it hears", () -> {
            scripted("b").tell("add", 1);
            return scripted("a").blocking().call(Integer.class, "get") > 0;
        });
    }
}
