package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorKey;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;

/** What an actor that is awake and does nothing takes of memory. */
class IdleMemoryTest {

    private static final int ACTORS = 20_000;

    /** Without the author's object and the values in it. */
    private static final int MAX_BYTES = 1_000;

    /** Two fields of 64 bytes as JSON; the object has 24, and its text 72. */
    private static final int AUTHORS_BYTES = 96;

    @Actor("idle")
    static class Idle {

        @State
        String name = "an actor of which there are many";

        @State
        long calls;

        @Action
        public long touch() {
            return ++calls;
        }
    }

    private final MemoryStateStore memory = new MemoryStateStore();

    /** Gives what it has as a database does, in objects of its own. */
    private final StateStore store = (StateStore) Proxy.newProxyInstance(
            StateStore.class.getClassLoader(),
            new Class<?>[] {StateStore.class},
            (proxy, method, arguments) -> copy(method.invoke(memory, arguments)));

    private final TestActors actors = new TestActors(
            ThreadsFixture.settings(
                    ThreadsFixture.LONG, ThreadsFixture.LONG, Duration.ofMillis(1), ThreadsFixture.LONG),
            store,
            Idle.class);

    private static Object copy(Object result) {
        if (result instanceof Optional<?> some) {
            return some.map(IdleMemoryTest::copy);
        } else if (result instanceof StoredActor stored) {
            return new StoredActor(
                    copy(stored.actor()), stored.version(), stored.state().clone());
        }
        return result;
    }

    private static ActorRecord copy(ActorRecord actor) {
        String[] key = actor.key().segments().stream().map(IdleMemoryTest::copy).toArray(String[]::new);
        return new ActorRecord(copy(actor.id()), copy(actor.name()), ActorKey.of(key), actor.created());
    }

    private static String copy(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void anIdleActorTakesLittleBesidesItsState() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            ids.add(actors.actor("idle", "idle" + i));
        }
        ids.forEach(this::touch); // from now on the store has documents of one length
        sleep();
        long asleep = used();
        ids.forEach(this::touch);
        long awake = used();
        assertThat(actors.system.container("idle").orElseThrow().size()).isEqualTo(ACTORS);
        assertThat((awake - asleep) / ACTORS).isLessThan(MAX_BYTES + AUTHORS_BYTES);
    }

    private void sleep() {
        while (actors.system.container("idle").orElseThrow().size() > 0) {
            actors.system.tick();
            actors.runTasks();
        }
    }

    private void touch(String actor) {
        actors.creating(() -> {
            actors.system.deliver(
                    actor,
                    new Command.CallOnce("client", Undefined.UNDEFINED, Caller.ANONYMOUS, "touch", List.of(), null));
            return null;
        });
        actors.runTasks();
        actors.outputs.clear();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
