package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A call with an idempotency key runs once, and everybody who repeats it is told the same. */
class IdempotencyKeysTest extends ScriptedFixture {

    private Output told(String key, String action, Object... arguments) {
        outputs();
        onceWithKey("h", key, action, arguments);
        actors.runTasks();
        return answers(outputs(), "h").get(0);
    }

    @Test
    void aCallThatTimedOutIsNotRunTwice() {
        actors = system(SHORT);
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        onceWithKey("h", "key", "give");
        passUntil("the caller is told", () -> isAnswered("h"));
        awaitOthersAsleep();
        onceWithKey("h", "key", "give");
        actors.runTasks();
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void whatACallThatTimedOutCameToIsToldToWhoRepeatsIt() {
        actors = system(SHORT);
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        onceWithKey("h", "key", "give");
        passUntil("the caller is told", () -> isAnswered("h"));
        stage.complete("done");
        actors.runTasks();
        actors = system(LONG); // after a crash, too
        assertThat(told("key", "give")).isEqualTo(new Output.Reply("h", 0, "done"));
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void aKeyOfAnotherActionsCallIsNotAnsweredWithItsAnswer() {
        script.act = self -> {};
        actors.system.deliver(
                id, new Command.CallOnce("h", Undefined.UNDEFINED, new Caller("ann"), "add", List.of(5L), "1"));
        actors.runTasks();
        outputs();
        actors.system.deliver(
                id, new Command.CallOnce("i", Undefined.UNDEFINED, new Caller("bob"), "act", List.of(), "1"));
        actors.runTasks();
        assertThat(script.story()).contains("act");
    }

    private List<Output> toldOver(String connection, long request, String key, String action, Object... arguments) {
        outputs();
        actors.system.deliver(id, new Command.Call(connection, request, action, List.of(arguments), key));
        actors.runTasks();
        return answers(outputs(), connection);
    }

    @Test
    void aCallOverAConnectionCountsOnceAlsoOverTheNextOne() {
        connect("c");
        assertThat(toldOver("c", 1, "key", "add", 5L)).hasToString("[Reply[clientId=c, requestId=1, result=5]]");
        disconnect("c");
        connect("d");
        assertThat(toldOver("d", 7, "key", "add", 5L)).hasToString("[Reply[clientId=d, requestId=7, result=5]]");
        assertThat(told("key", "add", 5L))
                .as("without a connection, too")
                .hasToString("Reply[clientId=h, requestId=0, result=5]");
        assertThat(bean().count).isEqualTo(5);
    }

    @Test
    void aCallOverAConnectionThatStillRunsIsNotRunAgain() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        connect("c");
        assertThat(toldOver("c", 1, "key", "give")).isEmpty();
        disconnect("c");
        connect("d");
        assertThat(error(toldOver("d", 1, "key", "give").get(0)).code()).isEqualTo("call_in_progress");
        stage.complete("done");
        actors.runTasks();
        assertThat(toldOver("d", 1, "key", "give")).containsExactly(new Output.Reply("d", 1, "done"));
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void aKeyThatTheSameCallerUsedForAnotherCallIsRefused() {
        told("1", "add", 5L);
        assertThat(error(told("1", "add", 6L)).code()).isEqualTo("idempotency_key_reused");
        assertThat(bean().count).isEqualTo(5);
    }

    @Test
    void aKeyAmongTheLast100IsNotRunAgainAlsoIfTheAnswersWereLarge() {
        script.give = self -> "x".repeat(100_000);
        for (String key : List.of("1", "2", "3", "1")) {
            told(key, "give");
        }
        assertThat(script.count("give")).isEqualTo(3);
    }

    @Test
    void anAnswerThatIsTooLargeToBeKeptIsToldToBeSo() {
        script.give = self -> "x".repeat(300_000);
        assertThat(told("1", "give")).isInstanceOf(Output.Reply.class);
        assertThat(error(told("1", "give")).code()).isEqualTo("answer_not_kept");
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void whateverTheActionThrowsItIsToldAgainAndNotRunAgain() {
        int i = 0;
        for (Throwable thrown : TurnsThatBreakTest.throwables().toList()) {
            script.give = self -> {
                throw thrown;
            };
            String key = "k" + ++i;
            Output first = told(key, "give");
            assertThat(error(first).reason()).isEqualTo("rivetkit.internal_error");
            assertThat(told(key, "give")).as(thrown.getClass().getName()).isEqualTo(first);
            assertThat(script.count("give")).isEqualTo(i);
        }
    }

    @Test
    void aResultThatCannotBeWrittenIsToldAgainAndNotRunAgain() {
        script.give = self -> {
            self.count++;
            Scripted.Node circle = new Scripted.Node();
            circle.next = circle;
            return circle;
        };
        Output first = told("1", "give");
        assertThat(error(first).code()).isEqualTo("outgoing_unencodable");
        assertThat(told("1", "give")).isEqualTo(first);
        assertThat(bean().count).isEqualTo(1);
    }

    @Test
    void aStateThatCannotBeWrittenIsToldAgainAndNotRunAgain() {
        script.act = self -> self.tie();
        Output first = told("1", "act");
        assertThat(error(first).code()).isEqualTo("state_unwritable");
        assertThat(told("1", "act")).isEqualTo(first);
        assertThat(script.count("act")).isEqualTo(1);
    }

    @Test
    void aCallWhoseStateWasLostIsRunAgainWhenItIsRepeated() {
        anotherWrites("{\"format\":1,\"state\":{\"count\":10}}");
        assertThat(error(told("1", "add", 5L)).code()).isEqualTo("restarting");
        assertThat(told("1", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 15));
        assertThat(told("1", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 15));
    }

    @Test
    void aCallThatAHookRefusedIsRunWhenItIsRepeated() {
        script.onConnect = (self, connection) -> {
            throw no();
        };
        assertThat(error(told("1", "add", 5L)).reason()).isEqualTo("user.no");
        script.onConnect = (self, connection) -> {};
        assertThat(told("1", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 5));
    }

    @Test
    void twoAtOnceRunOnce() {
        outputs();
        act(self -> {
            onceWithKey("h", "1", "add", 5L);
            onceWithKey("i", "1", "add", 5L);
        });
        actors.runTasks();
        assertThat(bean().count).isEqualTo(5);
    }

    @Test
    void aStageThatNeverCompletesBlocksItsKeyOnlyInItsInstance() {
        script.give = self -> new CompletableFuture<>();
        onceWithKey("h", "1", "give");
        assertThat(error(told("1", "give")).code()).isEqualTo("call_in_progress");
        actors = system(LONG);
        script.give = self -> "new";
        assertThat(told("1", "give")).isEqualTo(new Output.Reply("h", 0, "new"));
    }
}
