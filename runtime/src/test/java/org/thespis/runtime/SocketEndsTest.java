package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** However a low-level socket ends, its listeners hear it once, and it keeps nobody awake. */
class SocketEndsTest extends ScriptedFixture {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void open(String socket) {
        actors.system.deliver(id, new Command.OpenSocket(socket, Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of()));
        actors.runTasks();
    }

    private void close(String socket) {
        actors.system.deliver(id, new Command.SocketClosed(socket, new Close(1000, "")));
        actors.runTasks();
    }

    private void hearing() {
        script.onWebSocket = (self, socket) -> {
            socket.onMessage(message -> {
                throw new AssertionError("message");
            });
            socket.onClose(close -> {
                heard.add(socket.id() + " " + close.code());
                throw new AssertionError("listener");
            });
            socket.onClose(close -> heard.add("second"));
        };
    }

    @Test
    void aListenerThatBreaksDoesNotKeepTheSocketNorTheOtherListeners() {
        hearing();
        open("s");
        close("s");
        awaitAsleep();
        assertThat(live()).isZero();
        assertThat(heard).containsExactly("s 1000", "second");
    }

    @Test
    void oneWhoseTokenRanOutIsClosedAndItsListenersHearIt() {
        hearing();
        open("s");
        outputs();
        actors.system.deliver(id, new Command.End("s", ActorError.of("auth", "token_expired", "x")));
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Closed("s", 1011, "auth.token_expired"));
        close("s");
        assertThat(heard).containsExactly("s 1011", "second");
    }

    @Test
    void whatBreaksWithAMessageClosesThatSocketOnly() {
        hearing();
        open("s");
        open("t");
        outputs();
        actors.system.deliver(id, new Command.SocketMessage("s", new Message.Text("x")));
        assertThat(outputs()).containsExactly(new Output.Closed("s", 1011, "rivetkit.internal_error"));
    }

    private List<Output> taken() {
        return outputs().stream().filter(Output.SocketTaken.class::isInstance).toList();
    }

    @Test
    void whatIsCountedOfAMessageIsToldOnceWhenItIsTakenInWhateverBecomesOfIt() {
        Command large = new Command.SocketMessage("s", new Message.Text("x"), 5_000);
        Output told = new Output.SocketTaken("s", 5_000);
        actors.system.deliver(id, large);
        assertThat(taken()).as("no socket").containsExactly(told);
        script.onWebSocket = (self, socket) -> socket.onMessage(message -> self.tie());
        open("s");
        outputs();
        actors.system.deliver(id, large);
        actors.runTasks();
        assertThat(taken()).as("taken back").containsExactly(told);
        close("s");
        hearing();
        open("s");
        actors.system.deliver(id, large);
        assertThat(taken()).as("broken").containsExactly(told);
    }

    @Test
    void whateverOnWebSocketThrowsTheSocketIsClosedAndTheActorSleeps() {
        for (Throwable thrown : TurnsThatBreakTest.throwables().toList()) {
            script.onWebSocket = (self, socket) -> {
                throw thrown;
            };
            open("s");
            assertThat(outputs())
                    .as(thrown.getClass().getName())
                    .last()
                    .isEqualTo(new Output.Closed("s", 1011, "rivetkit.internal_error"));
        }
        awaitAsleep();
    }

    @Test
    void aSocketThatIsClosedTwiceIsHeardOnce() {
        hearing();
        open("s");
        close("s");
        close("s");
        assertThat(heard).containsExactly("s 1000", "second");
    }

    @Test
    void whenTheActorIsDestroyedItsSocketsAreClosedAndHearIt() {
        hearing();
        open("s");
        outputs();
        actors.system.destroy(id);
        actors.runTasks();
        assertThat(outputs()).contains(new Output.Closed("s", 1000, null));
        assertThat(heard).containsExactly("s 1000", "second");
        assertThat(live()).isZero();
    }

    @Test
    void whenTheInstanceIsLostItsSocketsAreClosedAndHearIt() {
        hearing();
        open("s");
        anotherWrites(null);
        outputs();
        act(self -> self.count = 1);
        assertThat(heard).containsExactly("s 1011", "second");
        assertThat(live()).isZero();
    }

    @Test
    void whenTheApplicationStopsItsSocketsHearItBeforeOnSleep() {
        hearing();
        script.onSleep = self -> heard.add("sleep");
        open("s");
        actors.stop(LONG);
        assertThat(heard).containsExactly("s 1001", "second", "sleep");
    }

    @Test
    void aListenerMayDestroyTheActor() {
        script.onWebSocket = (self, socket) -> socket.onClose(close -> self.actor.destroy());
        open("s");
        close("s");
        assertThat(exists()).isFalse();
    }

    @Test
    void anErrorListenerThatThrowsDoesNotKeepTheCloseListenersFromHearing() {
        List<String> heard = new ArrayList<>();
        script.onWebSocket = (self, socket) -> {
            socket.onError(failure -> {
                throw new IllegalStateException("listener");
            });
            socket.onClose(close -> heard.add("closed"));
        };
        open("s");
        cut();
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void aListenerThatThrowsSomethingCheckedDoesNotKeepTheOthersFromHearing() {
        List<String> heard = new ArrayList<>();
        script.onWebSocket = (self, socket) -> {
            socket.onClose(close -> ScriptedFixture.<RuntimeException>sneak(new Exception("checked")));
            socket.onClose(close -> heard.add("closed"));
        };
        open("s");
        cut();
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void whoOpensASocketTwiceUnderOneIdHearsOfBothEnds() {
        AtomicInteger opened = new AtomicInteger();
        script.onWebSocket = (self, socket) -> {
            int number = opened.incrementAndGet();
            socket.onClose(close -> heard.add("close " + number));
        };
        open("s");
        open("s");
        cut();
        assertThat(heard).containsExactly("close 1", "close 2");
    }

    private void cut() {
        actors.system.deliver(id, new Command.SocketClosed("s", new Close(1006, "")));
        actors.runTasks();
    }
}
