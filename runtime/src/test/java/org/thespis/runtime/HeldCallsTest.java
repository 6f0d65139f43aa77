package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Subscription;
import org.thespis.api.spi.StateStore.Write;

/** What a turn asks of other actors leaves when its state is durable, and not at all if that is lost. */
class HeldCallsTest extends ReferencesFixture {

    private final CompletableFuture<CompletionStage<Object>> called = new CompletableFuture<>();

    /** Has an actor change its state and call another, which does something that is noted. */
    private void changeAndCall(Scripted self) {
        if (self.key().equals("a")) {
            self.count++;
            called.complete(scripted("b").call("give"));
        }
    }

    @Test
    void aCallWaitsForTheStateOfItsTurn() throws Exception {
        begin();
        get(scripted("b").call("get"));
        get(scripted("a").call("get"));
        script.act = this::changeAndCall;
        store.before = access -> {
            if (access.equals("write")) {
                block();
            }
        };
        CompletionStage<Object> answer = scripted("a").call("act");
        called.join();
        get(scripted("b").call("get"));
        assertThat(script.count("give")).isZero();
        release.countDown();
        get(answer);
        get(called.join());
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void aCallOfATurnWhoseStateIsLostIsNotMade() throws Exception {
        begin();
        get(scripted("b").call("get"));
        get(scripted("a").call("add", 1));
        String id = system.find("scripted", ActorKey.of("a")).orElseThrow().id();
        var now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), OptionalLong.empty())));
        CompletableFuture<CompletionStage<Object>> first = new CompletableFuture<>();
        script.act = self -> {
            self.count++;
            if (!first.isDone()) {
                first.complete(scripted("b").call("give"));
            }
        };
        get(scripted("a").call("act")); // which is tried again
        assertThat(failure(first.join())).isEqualTo("actor.restarting");
        get(scripted("b").call("get"));
        assertThat(script.count("give")).isZero();
        await("nothing of it is kept", () -> references.open() == 0);
    }

    @Test
    void aCallOfATurnWhoseStateCannotBeWrittenIsNotMade() throws Exception {
        begin();
        script.act = self -> {
            changeAndCall(self);
            self.tie();
        };
        assertThat(failure(scripted("a").call("act"))).isEqualTo("actor.state_unwritable");
        assertThat(failure(called.join())).isEqualTo("actor.state_unwritable");
        assertThat(script.count("give")).isZero();
    }

    @Test
    void aCallOfAnAtomicActionThatThrowsIsNotMade() throws Exception {
        begin();
        script.act = self -> {
            changeAndCall(self);
            throw ScriptedFixture.no();
        };
        assertThat(failure(scripted("a").call("actAtomically"))).isEqualTo("user.no");
        assertThat(failure(called.join())).isEqualTo("actor.taken_back");
        assertThat(script.count("give")).isZero();
    }

    @Test
    void aCallOfAnActionThatThrowsIsMade() throws Exception {
        begin();
        script.act = self -> {
            changeAndCall(self);
            throw ScriptedFixture.no();
        };
        assertThat(failure(scripted("a").call("act"))).isEqualTo("user.no");
        get(called.join());
    }

    @Test
    void aCallOfACreationThatIsRefusedIsNotMade() throws Exception {
        begin();
        script.onCreate = self -> {
            changeAndCall(self);
            if (self.key().equals("a")) {
                self.actor.destroy();
            }
        };
        assertThat(failure(scripted("a").call("act"))).isEqualTo("actor.create_refused");
        assertThat(failure(called.join())).isEqualTo("actor.create_refused");
        assertThat(get(actors.type("scripted").exists("b"))).isFalse();
    }

    @Test
    void aCallOfACreationIsMadeWhenTheActorIsStored() throws Exception {
        begin();
        script.onCreate = this::changeAndCall;
        get(scripted("a").call("act"));
        get(called.join());
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void whatIsCreatedDestroyedAndListenedToInATurnWaitsAsWell() throws Exception {
        begin();
        get(scripted("c").call("get"));
        CompletableFuture<CompletionStage<?>> created = new CompletableFuture<>();
        CompletableFuture<CompletionStage<?>> destroyed = new CompletableFuture<>();
        CompletableFuture<Subscription> listening = new CompletableFuture<>();
        script.act = self -> {
            created.complete(actors.type("scripted").create(ActorKey.of("d"), null));
            destroyed.complete(scripted("c").destroy());
            listening.complete(scripted("e").on("added", event -> {}));
            self.tie();
        };
        assertThat(failure(scripted("a").call("act"))).isEqualTo("actor.state_unwritable");
        assertThat(failure(created.join())).isEqualTo("actor.state_unwritable");
        assertThat(failure(destroyed.join())).isEqualTo("actor.state_unwritable");
        assertThat(failure(listening.join().ended())).isEqualTo("actor.state_unwritable");
        assertThat(get(actors.type("scripted").exists("c"))).isTrue();
        assertThat(get(actors.type("scripted").exists("d"))).isFalse();
        assertThat(get(actors.type("scripted").exists("e"))).isFalse();
        assertThat(references.open()).isZero();
    }

    @Test
    void oneThatIsHeldWhenTheActorsStopIsTold() throws Exception {
        begin();
        get(scripted("a").call("get"));
        script.act = self -> {
            changeAndCall(self);
            block();
        };
        CompletionStage<Object> answer = scripted("a").call("act");
        called.join();
        references.close();
        assertThat(failure(called.join())).isEqualTo("guard.service_unavailable");
        release.countDown();
        assertThat(catchThrowable(() -> get(answer))).isNotNull();
        assertThat(script.count("give")).isZero();
        assertThat(references.open()).isZero();
    }
}
