package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;

/** What is offered by a thread that reads from sockets, and must not wait. */
class EventLoopTest extends ThreadsFixture {

    @Actor("looped")
    static class Looped {

        @Action(nonBlocking = true)
        String quick() {
            return "on " + Thread.currentThread().getName();
        }

        @Action
        String slow() {
            return "on " + Thread.currentThread().getName();
        }

        @Action(nonBlocking = true)
        void broken() {
            throw new StackOverflowError("of a test");
        }
    }

    private final String loop = Thread.currentThread().getName();

    private String looped() {
        start(patient(), Looped.class);
        return made("looped", "a");
    }

    private void offer(String id, String client, long call, String action) {
        assertThat(system.offer(id, new Command.Call(client, call, action, List.of())))
                .isTrue();
    }

    @Test
    void anActionThatDoesNotBlockRunsThere() {
        String id = looped();
        String client = client(id);
        offer(id, client, 1, "quick");
        assertThat(answers(client, 1).toString()).contains("on " + loop);
    }

    @Test
    void anyOtherActionRunsElsewhere() {
        String id = looped();
        String client = client(id);
        offer(id, client, 1, "slow");
        assertThat(answer(client, 1).toString()).contains("on pool");
    }

    @Test
    void anUnknownActionIsTold() {
        String id = looped();
        String client = client(id);
        offer(id, client, 1, "nothing");
        assertThat(code(answer(client, 1))).isEqualTo("action_not_found");
    }

    @Test
    void anErrorThatItThrowsIsToldAndTheThreadGoesOn() {
        String id = looped();
        String client = client(id);
        offer(id, client, 1, "broken");
        assertThat(code(answer(client, 1))).isEqualTo("internal_error");
        offer(id, client, 2, "quick");
        assertThat(answers(client, 2).toString()).contains("on " + loop);
    }

    @Test
    void hooksRunElsewhere() {
        start(patient());
        String id = made("a");
        assertThat(system.offer(id, new Command.Connect("c", Undefined.UNDEFINED, Caller.ANONYMOUS)))
                .isTrue();
        awaitStep("connect c", "a");
        assertThat(script.steps)
                .filteredOn(step -> step.what().startsWith("connect"))
                .extracting(Script.Step::thread)
                .containsOnly("pool");
    }

    @Test
    void whoBlocksInItsActorHoldsUpNoOther() {
        start(patient(), Looped.class);
        String blocked = made("a");
        String client = client(blocked);
        script.act = self -> block();
        assertThat(system.offer(blocked, new Command.Call(client, 1, "act", List.of())))
                .isTrue();
        String id = made("looped", "b");
        String other = client(id);
        offer(id, other, 1, "quick");
        assertThat(isAnswered(other, 1)).isTrue();
    }

    @Test
    void anActorThatDoesNotLiveIsNotRead() {
        String id = looped();
        system.fallAsleep(id);
        await("it sleeps", () -> system.instance(id) == null);
        store.before = access -> {
            throw new AssertionError(access);
        };
        assertThat(system.offer(id, new Command.Call("nobody", 1, "quick", List.of())))
                .isFalse();
        assertThat(outputs).isEmpty();
    }

    @Test
    void nothingIsTakenOnceTheEndHasBegun() {
        String id = looped();
        system.stop(Duration.ofSeconds(1));
        assertThat(system.offer(id, new Command.Call("nobody", 1, "quick", List.of())))
                .isFalse();
    }
}
