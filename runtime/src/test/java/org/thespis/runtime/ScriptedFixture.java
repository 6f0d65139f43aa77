package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** One {@link Scripted} actor, on a store that can fail, with time and threads in the hand of the test. */
abstract class ScriptedFixture {

    static final Duration LONG = Duration.ofSeconds(60);

    /** A time limit of actions that a test waits for. */
    static final Duration SHORT = Duration.ofMillis(20);

    /** How long something is waited for that is to happen; a slow machine is no failure. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static ActorSettings settings(Duration actionTimeout) {
        return new ActorSettings(
                actionTimeout,
                Duration.ofSeconds(30),
                Duration.ofMillis(1),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                1_000,
                10);
    }

    final Script script = Script.begin();
    final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    TestActors actors = system(LONG);
    final String id = made("a");
    private int witnesses;

    TestActors system(Duration actionTimeout, Class<?>... others) {
        List<Class<?>> types = new ArrayList<>(List.of(others));
        types.add(Scripted.class);
        return new TestActors(settings(actionTimeout), store, types.toArray(Class<?>[]::new));
    }

    /** An actor that was created; nothing is known of that any more. */
    String made(String key) {
        String made = actors.actor("scripted", key);
        actors.runTasks();
        actors.outputs.clear();
        script.steps.clear();
        return made;
    }

    Scripted bean() {
        return script.beans.get("a");
    }

    /** Connects a client and forgets that. */
    String client() {
        String client = actors.client(id);
        script.steps.clear();
        return client;
    }

    /** Has the actor do something as an action of a new client; its answer, or that of who is told otherwise. */
    List<Output> act(Script.Part part) {
        script.act = part;
        String client = client();
        actors.call(id, client, 1, "act");
        actors.runTasks();
        return answers(outputs(), client);
    }

    void once(String client, String action, Object... arguments) {
        onceWithKey(client, null, action, arguments);
    }

    void onceWithKey(String client, String key, String action, Object... arguments) {
        actors.system.deliver(
                id,
                new Command.CallOnce(client, Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(arguments), key));
    }

    void connect(String client) {
        actors.system.deliver(id, new Command.Connect(client, Undefined.UNDEFINED, Caller.ANONYMOUS));
    }

    /** What the gateway says when a client's line is closed. */
    void disconnect(String client) {
        actors.system.deliver(id, new Command.Disconnect(client));
    }

    void subscribe(String client) {
        actors.system.deliver(id, new Command.Subscribe(client, "added", true));
        actors.runTasks();
    }

    List<Output> outputs() {
        List<Output> all = new ArrayList<>(actors.outputs);
        actors.outputs.clear();
        return all;
    }

    static boolean isAnswer(Output output, String client) {
        return output instanceof Output.Reply reply && reply.clientId().equals(client)
                || output instanceof Output.Responded responded
                        && responded.clientId().equals(client)
                || output instanceof Output.Failed failed && failed.clientId().equals(client);
    }

    static List<Output> answers(List<Output> outputs, String client) {
        return outputs.stream().filter(output -> isAnswer(output, client)).toList();
    }

    boolean isAnswered(String client) {
        return actors.outputs.stream().anyMatch(output -> isAnswer(output, client));
    }

    static ActorError error(Output output) {
        assertThat(output).isInstanceOf(Output.Failed.class);
        return ((Output.Failed) output).error();
    }

    int live() {
        return actors.system.container("scripted").orElseThrow().size();
    }

    /** The state that the store has. */
    String stored() {
        return new String(store.memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    boolean exists() {
        return store.memory.find(id).isPresent();
    }

    /** Another instance, somewhere else, writes the state. */
    void anotherWrites(String document) {
        StoredActor now = store.memory.load(id).orElseThrow();
        byte[] state = document == null ? now.state() : document.getBytes(StandardCharsets.UTF_8);
        store.memory.write(List.of(new Write(id, now.version(), state, OptionalLong.empty())));
    }

    void tick() {
        actors.system.tick();
        actors.runTasks();
    }

    /** Lets time pass until something has happened. */
    void passUntil(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            tick();
            pause();
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitAsleep() {
        passUntil("the actor leaves memory", () -> actors.system.instance(id) == null);
    }

    /** Lets so much time pass that idle actors have fallen asleep. */
    void awaitOthersAsleep() {
        String witness = actors.actor("scripted", "witness" + ++witnesses);
        passUntil("an idle actor leaves memory", () -> actors.system.instance(witness) == null);
        script.steps.removeIf(step -> step.key().startsWith("witness"));
    }

    /** Throws anything as it is. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    static UserException no() {
        return new UserException("no", "Not this one");
    }
}
