package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.DurableValue;
import org.thespis.api.OnStateChange;
import org.thespis.api.State;
import org.thespis.api.spi.EntryRange;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.StateSettings;

/** An actor with durable collections that does what a test says, on a store that can fail. */
abstract class CollectionsFixture {

    static final int MAX = 20_000;

    public record Message(String from, String text) {}

    /** Can be changed in place. */
    public static class Item {
        public String name;
        public List<String> tags = new ArrayList<>();

        public Item() {}

        Item(String name) {
            this.name = name;
        }
    }

    static Function<Room, Object> act;
    static int changes;

    abstract static class Room {
        ActorContext actor;

        @State
        DurableList<Message> messages;

        @State
        DurableList<Item> items;

        @State
        DurableMap<String, Integer> scores;

        @State
        DurableMap<Long, Item> byNumber;

        @State
        DurableValue<Item> large;

        @State
        int plain;

        @OnStateChange
        void changed() {
            changes++;
        }

        @Action
        Object act() {
            return act.apply(this);
        }

        @Action(atomic = true)
        Object actAtomically() {
            return act.apply(this);
        }

        @Action(readOnly = true)
        Object read() {
            return act.apply(this);
        }
    }

    @Actor("room")
    static class Committing extends Room {}

    @Actor(value = "room", durability = Durability.PERIODIC)
    static class Periodic extends Room {}

    final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    final AtomicInteger reads = new AtomicInteger();
    TestActors actors = actors(Policy.ALWAYS, 1_000_000, Committing.class);
    final String id = actors.actor("room", "a");
    String client;

    TestActors actors(Policy policy, int cacheBytes, Class<?> type) {
        ActorSettings settings = new ActorSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofMillis(200),
                        1_000,
                        1_000)
                .with(new StateSettings(policy, MAX, cacheBytes, Duration.ofSeconds(5)));
        return new TestActors(settings, store, type);
    }

    @BeforeEach
    void connect() {
        changes = 0;
        store.before = access -> reads.addAndGet(access.equals("entries") ? 1 : 0);
        client = actors.client(id);
        actors.runTasks();
        actors.outputs.clear();
    }

    /** Another node wakes the actor; the first one is forgotten. */
    void restart(Class<?> type) {
        restart(Policy.ALWAYS, 1_000_000, type);
    }

    void restart(Policy policy, int cacheBytes, Class<?> type) {
        actors = actors(policy, cacheBytes, type);
        connect();
        reads.set(0);
    }

    void restart() {
        restart(Committing.class);
    }

    Object ask(String action, Function<Room, Object> what) {
        act = what;
        actors.outputs.clear();
        actors.call(id, client, 1, action);
        actors.runTasks();
        return answer();
    }

    Object answer() {
        Output answer = actors.outputs.stream()
                .filter(o -> o instanceof Output.Reply || o instanceof Output.Failed)
                .findFirst()
                .orElseThrow();
        return answer instanceof Output.Reply reply ? reply.result() : ((Output.Failed) answer).error();
    }

    Object act(Function<Room, Object> what) {
        return ask("act", what);
    }

    /** The same for what must succeed. */
    void run(java.util.function.Consumer<Room> what) {
        Object told = act(room -> {
            what.accept(room);
            return "done";
        });
        assertThat(told).isEqualTo("done");
    }

    /** What the store has of a collection. */
    List<String> stored(String collection) {
        return store
                .memory
                .entries(id, new EntryRange(collection, null, null, false, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .entries()
                .stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }

    String document() {
        return new String(store.memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    static String reason(Object told) {
        return told instanceof ActorError error ? error.reason() : "answered " + told;
    }
}
