package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** One {@link Teller}, on a store with transactions that can fail, in the thread of the test. */
abstract class TransactionsFixture {

    final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    final FakeTransactions transactions = store.transactions;
    TestActors actors = system();
    final String id = actors.actor("teller", "a");
    private int clients;

    TestActors system() {
        return system(Duration.ofSeconds(60));
    }

    final TestActors system(Duration actionTimeout) {
        return new TestActors(ScriptedFixture.settings(actionTimeout), store, Teller.class);
    }

    @BeforeEach
    void begin() {
        Teller.reset();
        actors.runTasks();
        actors.outputs.clear();
    }

    @AfterEach
    void noThreadIsLeftInATransaction() {
        assertThat(transactions.isInside()).isFalse();
    }

    /** Calls a transactional action that does this; what is told to its caller and to one who listens. */
    List<Output> pay(Teller.Body body) {
        return pay(null, body);
    }

    List<Output> pay(String key, Teller.Body body) {
        Teller.pay = body;
        return call(key, "pay");
    }

    List<Output> call(String key, String action) {
        String listener = actors.client(id);
        actors.system.deliver(id, new Command.Subscribe(listener, "entered", true));
        actors.runTasks();
        actors.outputs.clear();
        String caller = "caller-" + ++clients;
        actors.system.deliver(
                id, new Command.CallOnce(caller, Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(), key));
        actors.runTasks();
        List<Output> told = new ArrayList<>(actors.outputs);
        actors.system.deliver(id, new Command.Disconnect(listener));
        actors.runTasks();
        return told;
    }

    static String code(List<Output> told) {
        List<String> codes = told.stream()
                .filter(Output.Failed.class::isInstance)
                .map(o -> ((Output.Failed) o).error().code())
                .toList();
        return codes.size() == 1 ? codes.get(0) : codes.toString();
    }

    static Object result(List<Output> told) {
        return told.stream()
                .filter(Output.Reply.class::isInstance)
                .map(o -> ((Output.Reply) o).result())
                .findFirst()
                .orElseThrow(() -> new AssertionError(told));
    }

    /** What the actor has, as a new turn sees it. */
    Object look() {
        return result(call(null, "look"));
    }

    /** What the store has, and the rows beside it. */
    void isCommitted(String state, String... rows) {
        actors.runTasks();
        TestActors now = actors;
        actors = system(); // sees only what is stored
        assertThat(look()).as("stored").isEqualTo(state);
        actors = now;
        assertThat(transactions.rows).as("rows").containsExactly(rows);
    }

    /** Nothing of it has happened, to those who see the actor, to the store, and to whom it spoke. */
    void isTakenBack(List<Output> told, String state, String... rows) {
        assertThat(told).noneMatch(Output.Event.class::isInstance).noneMatch(Output.Reply.class::isInstance);
        assertThat(look()).as("seen").isEqualTo(state);
        isCommitted(state, rows);
    }

    long version() {
        return store.memory.load(id).map(StoredActor::version).orElse(0L);
    }

    void anotherWrites() {
        StoredActor now = store.memory.load(id).orElseThrow();
        store.memory.write(
                List.of(new Write(id, now.version(), now.state(), OptionalLong.empty(), Collections.emptyList())));
    }

    static UserException no() {
        return new UserException("no", "Not this one");
    }
}
