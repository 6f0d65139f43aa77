package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.runtime.message.Output;

/** However a connection ends, it ends once, and OnDisconnect is called if it had been let in. */
class ConnectionEndsTest extends ScriptedFixture {

    private static final String GONE = "disconnect client-1";

    @Test
    void onStateChangeMayDisconnect() {
        String client = client();
        script.onStateChange = self -> self.actor.connections().forEach(Connection::disconnect);
        actors.call(id, client, 1, "add", 1L);
        actors.runTasks();
        disconnect(client);
        assertThat(script.count(GONE)).isEqualTo(1);
    }

    @Test
    void whoIsKickedByAConnectionThatIsRefusedIsClosed() {
        String one = client();
        outputs();
        script.onConnect = (self, connection) -> {
            self.actor.connections().get(one).orElseThrow().disconnect("kicked");
            throw no();
        };
        connect("two");
        assertThat(script.story()).contains("disconnect " + one);
        assertThat(outputs()).contains(new Output.Closed(one, 1000, "kicked"));
    }

    @Test
    void aStatelessCallWhoseTimeIsOverBeforeItIsLetInLeavesNoConnection() {
        actors = system(SHORT);
        script.onBeforeConnect = (self, connection) -> {
            while (!isAnswered("h")) {
                pause();
                actors.system.tick(); // the timer, meanwhile
            }
        };
        once("h", "get");
        actors.runTasks();
        script.onBeforeConnect = (self, connection) -> {};
        awaitAsleep();
        assertThat(script.story()).contains("disconnect h");
        assertThat(live()).isZero();
    }

    @Test
    void aConnectionThatIsEndedBeforeItIsListedDisconnectsOnceAtTheMost() {
        script.onBeforeConnect = (self, connection) -> connection.disconnect("full");
        connect("c");
        disconnect("c");
        assertThat(script.count("disconnect c")).isLessThanOrEqualTo(1);
    }

    @Test
    void aStatelessCallThatIsEndedBeforeItIsListedLeavesNoConnection() {
        script.onBeforeConnect = (self, connection) -> connection.disconnect("full");
        once("h", "get");
        actors.runTasks();
        assertThat(isAnswered("h")).isTrue();
        awaitAsleep();
        assertThat(live()).isZero();
    }

    @Test
    void refusedInOnConnectIsTheSameForConnectionsAndStatelessCalls() {
        script.onConnect = (self, connection) -> {
            throw no();
        };
        connect("c");
        once("h", "get");
        assertThat(script.story().contains("disconnect c"))
                .isEqualTo(script.story().contains("disconnect h"));
    }

    @Test
    void whateverAHookThrowsTheConnectionIsRefusedAndNotThere() {
        int asked = 0;
        for (Throwable thrown : TurnsThatBreakTest.throwables().toList()) {
            script.onConnect = (self, connection) -> {
                throw thrown;
            };
            connect("c");
            assertThat(outputs())
                    .as(thrown.getClass().getName())
                    .last()
                    .isEqualTo(new Output.Closed("c", 1011, "rivetkit.internal_error"));
            script.onConnect = (self, connection) -> {};
            act(self -> self.count = self.actor.connections().size());
            assertThat(bean().count).as("only those who asked").isEqualTo(++asked);
        }
        assertThat(script.count("disconnect c")).isZero();
    }

    @Test
    void whoLeavesTwiceDisconnectsOnce() {
        String client = client();
        disconnect(client);
        disconnect(client);
        assertThat(script.count(GONE)).isEqualTo(1);
    }

    @Test
    void whoIsDisconnectedAndLeavesDisconnectsOnce() {
        act(self -> self.actor.connection().disconnect("bye"));
        disconnect("client-1");
        assertThat(script.count(GONE)).isEqualTo(1);
    }

    @Test
    void onDisconnectMayDisconnectTheOthers() {
        String one = client();
        String two = client();
        script.onDisconnect =
                (self, connection) -> self.actor.connections().forEach(other -> other.disconnect("all out"));
        disconnect(one);
        actors.runTasks();
        assertThat(script.count("disconnect " + one)).isEqualTo(1);
        assertThat(script.count("disconnect " + two)).isEqualTo(1);
        assertThat(actors.outputs).contains(new Output.Closed(two, 1000, "all out"));
    }

    @Test
    void whatOnDisconnectChangesIsSaved() {
        String client = client();
        script.onDisconnect = (self, connection) -> self.count = 6;
        disconnect(client);
        actors.runTasks();
        assertThat(stored()).contains("\"count\":6");
    }

    @Test
    void onDisconnectThatThrowsDoesNotKeepTheOthersFromIt() {
        client();
        client();
        script.onDisconnect = (self, connection) -> {
            throw new AssertionError("not you");
        };
        act(self -> self.actor.destroy());
        assertThat(script.story()).contains(GONE, "disconnect client-2", "disconnect client-3");
    }

    @Test
    void whenTheActorIsDestroyedOnDisconnectComesBehindOnDestroy() {
        client();
        actors.system.destroy(id);
        actors.runTasks();
        assertThat(script.story()).containsExactly("destroyed", GONE, "preDestroy");
        assertThat(actors.outputs).contains(new Output.Closed("client-1", 1000, null));
    }

    @Test
    void whenTheInstanceIsLostOnDisconnectIsCalledAndNothingIsWritten() {
        String client = client();
        anotherWrites("{\"format\":1,\"state\":{\"count\":50}}");
        script.onDisconnect = (self, connection) -> self.count = 99;
        outputs();
        actors.call(id, client, 1, "add", 1L);
        actors.runTasks();
        assertThat(script.count(GONE)).isEqualTo(1);
        assertThat(outputs()).contains(new Output.Closed(client, 1011, "actor.restarting"));
        assertThat(stored()).contains("\"count\":50");
    }

    @Test
    void aStatelessCallThatIsStillOpenDisconnectsWhenTheActorIsDestroyed() {
        script.give = self -> new CompletableFuture<>();
        once("h", "give");
        actors.system.destroy(id);
        actors.runTasks();
        assertThat(script.count("disconnect h")).isEqualTo(1);
        assertThat(answers(outputs(), "h")).hasSize(1);
    }

    @Test
    void whoConnectsToAnActorThatIsBeingDestroyedIsClosedAndNeverThere() {
        String client = client();
        script.act = self -> {
            connect("late");
            self.actor.destroy();
        };
        actors.call(id, client, 1, "act");
        actors.runTasks();
        assertThat(script.story()).doesNotContain("connect late", "disconnect late");
        assertThat(outputs())
                .anyMatch(output -> output instanceof Output.Closed closed
                        && closed.clientId().equals("late"));
    }

    @Test
    void whomOnConnectHasClosedCallsNothing() {
        script.onConnect = (self, connection) -> connection.disconnect("user.banned");
        once("h", "add", 5L);
        actors.runTasks();
        assertThat(bean().count).isZero();
    }

    /** Ends a connection where the stack ends; where it overflows inside of that is not known. */
    private static int overflow(Connection connection) {
        try {
            return overflow(connection) + 1;
        } catch (StackOverflowError e) {
            connection.disconnect();
            throw e;
        }
    }

    @Test
    void aConnectionThatIsEndedWhereTheStackOverflowsIsNotThereAnyMore() {
        for (int i = 0; i < 50; i++) {
            script.act = self -> overflow(self.actor.connection());
            String client = client();
            actors.call(id, client, 1, "act");
            disconnect(client);
        }
        actors.runTasks();
        assertThat(act(self -> self.count = self.actor.connections().size()))
                .last()
                .isEqualTo(new Output.Reply("client-51", 1, 1));
    }

    @Test
    void connectionsAndContextsThatAreKeptBeyondTheirEndDoNothing() {
        List<Connection> kept = new ArrayList<>();
        act(self -> kept.add(self.actor.connection()));
        ActorContext context = bean().actor;
        disconnect("client-1");
        awaitAsleep();
        assertThatThrownBy(() -> kept.get(0).send("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get(0).disconnect()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::destroy).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context.schedule().after(Duration.ZERO, "get"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context.keepAwake(new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context.executor().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(context.ending().toCompletableFuture()).isDone();
        act(self -> kept.get(0).id());
        assertThat(exists()).isTrue();
    }

    @Test
    void whoConnectsTwiceUnderOneIdIsLetOutAsOftenAsItWasLetIn() {
        connect("c");
        subscribe("c");
        connect("c");
        disconnect("c");
        actors.runTasks();
        assertThat(script.count("disconnect c")).isEqualTo(script.count("connect c"));
    }

    @Test
    void whatIsSentBeforeAClientIsLetInComesBehindItsOpening() {
        script.onBeforeConnect = (self, connection) -> connection.send("hello");
        connect("c");
        assertThat(outputs().get(0)).isInstanceOf(Output.Opened.class);
    }
}
