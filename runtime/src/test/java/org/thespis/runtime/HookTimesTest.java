package org.thespis.runtime;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.HookSettings;
import org.thespis.runtime.settings.StateSettings;

/** A hook that takes longer than it may holds up only itself: calls that wait behind it are told so, and none of them is run. */
class HookTimesTest extends ThreadsFixture {

    private static ActorSettings settings(Duration hook, Duration sleep) {
        return new ActorSettings(
                LONG,
                LONG,
                sleep,
                Duration.ofMillis(200),
                LONG,
                1_000,
                10,
                new HookSettings(LONG, hook),
                StateSettings.defaults());
    }

    private void start(Duration hook) {
        start(settings(hook, Duration.ofMillis(20)));
    }

    private void blockIn(String hook) {
        switch (hook) {
            case "sleep" -> script.onSleep = self -> block();
            case "connect" -> script.onConnect = (self, connection) -> blockUnlessFirst(connection.id());
            case "before" -> script.onBeforeConnect = (self, connection) -> blockUnlessFirst(connection.id());
            case "disconnect" -> script.onDisconnect = (self, connection) -> block();
            case "subscribe" -> script.canSubscribe = (self, connection) -> block();
            case "destroyed" -> script.onDestroy = self -> block();
            default -> script.onStateChange = self -> block();
        }
    }

    private void blockUnlessFirst(String client) {
        if (!client.equals("client-1")) {
            block();
        }
    }

    /** Has the actor run the hook, in a thread of its own. */
    private void provoke(String hook, String id, String client) {
        Thread thread = named(
                () -> {
                    switch (hook) {
                        case "sleep" -> system.deliver(id, new Command.Disconnect(client));
                        case "connect", "before" -> connect(id, "second");
                        case "disconnect" -> system.deliver(id, new Command.Disconnect("other"));
                        case "subscribe" -> system.deliver(id, new Command.Subscribe(client, "asked", true));
                        case "destroyed" -> system.destroy(id);
                        default -> call(id, client, 9, "add", 1L);
                    }
                },
                "provoker");
        thread.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "connect", "before", "disconnect", "subscribe", "destroyed", "changed"})
    void whatWaitsBehindAHookThatHangsIsToldAndNotRun(String hook) {
        start(Duration.ofMillis(50));
        String id = made("a");
        String client = client(id);
        if (hook.equals("disconnect")) {
            connect(id, "other");
        }
        blockIn(hook);
        String late = "late";
        provoke(hook, id, client);
        await("the hook runs", () -> isBlocked("pool", "provoker"));
        once(id, late, null, "add", 5L);
        await("the caller is told", () -> isAnswered(late, 0));
        assertThat(code(answers(late, 0).get(0))).isEqualTo("hook_timed_out");
        once(id, "later", null, "add", 7L);
        await("who comes later is told, too", () -> isAnswered("later", 0));
        release.countDown();
        if (!hook.equals("destroyed")) {
            once(id, "after", null, "get");
            int expected = hook.equals("changed") ? 1 : 0;
            assertThat(answer("after", 0).toString()).contains("result=" + expected);
        }
    }

    @Test
    void whoFindsAnActorThatDoesNotWakeIsTold() {
        start(Duration.ofMillis(50));
        String id = made("a");
        awaitStep("sleep", "a");
        await("it sleeps", () -> system.instance(id) == null);
        script.onWake = self -> block();
        pool.execute(() -> once(id, "first", null, "add", 5L)); // wakes it in its own thread
        await("the hook runs", () -> isBlocked("pool"));
        once(id, "second", null, "add", 7L);
        await("the caller is told", () -> isAnswered("second", 0));
        assertThat(code(answers("second", 0).get(0))).isEqualTo("hook_timed_out");
        release.countDown();
        assertThat(answer("first", 0).toString()).contains("result=5");
    }

    @Test
    void aHookThatTakesLongAndEndsHarmsNobody() {
        start(settings(LONG, LONG));
        String id = made("a");
        String client = client(id);
        connect(id, "other");
        blockIn("disconnect");
        provoke("disconnect", id, client);
        await("the hook runs", () -> isBlocked("provoker"));
        call(id, client, 1, "add", 5L);
        system.tick();
        assertThat(isAnswered(client, 1)).isFalse();
        release.countDown();
        assertThat(answer(client, 1).toString()).contains("result=5");
    }

    @Test
    void theLogSaysOnceWhereItIs() {
        try (LogOf log = LogOf.type(Author.class)) {
            start(Duration.ofMillis(50));
            String id = made("a");
            String client = client(id);
            connect(id, "other");
            blockIn("disconnect");
            provoke("disconnect", id, client);
            await("it is said", () -> !log.lines().isEmpty());
            once(id, "late", null, "add", 5L);
            await("the caller is told", () -> isAnswered("late", 0));
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("DISCONNECT of scripted/a")
                    .endsWith("takes longer than its time limit");
            assertThat(log.thrown().get(0)).hasStackTraceContaining("ThreadsFixture.block(");
        }
    }
}
