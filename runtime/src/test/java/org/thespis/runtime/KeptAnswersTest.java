package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What a call with an idempotency key was answered is kept as it was, and harms nothing, whatever it is. */
class KeptAnswersTest extends ScriptedFixture {

    /** One that names no code, whatever the constructor was given. */
    private static final class Codeless extends UserException {
        private static final long serialVersionUID = 1L;

        private Codeless() {
            super("x", "No code");
        }

        @Override
        public String code() {
            return null;
        }
    }

    private Output told(String key, String action, Object... arguments) {
        outputs();
        onceWithKey("h", key, action, arguments);
        actors.runTasks();
        List<Output> answers = answers(outputs(), "h");
        assertThat(answers).as("answers").hasSize(1);
        return answers.get(0);
    }

    private void execute(Script.Part task) {
        actors.system.instance(id).execute(() -> {
            try {
                task.run(bean());
            } catch (Throwable e) {
                ScriptedFixture.<RuntimeException>sneak(e);
            }
        });
        actors.runTasks();
    }

    @Test
    void anErrorWithoutACodeDoesNotMakeTheStateUnreadable() {
        script.give = self -> {
            throw new Codeless();
        };
        Output first = told("1", "give");
        actors = system(LONG);
        assertThat(told("1", "give")).isEqualTo(first);
    }

    @Test
    void aStateThatCannotBeWrittenInALaterTurnLeavesTheAnswerOfAnEarlierCall() {
        Output first = told("1", "add", 5L);
        execute(Scripted::tie);
        assertThat(bean().count).isEqualTo(5);
        assertThat(told("1", "add", 5L)).isEqualTo(first);
    }

    @Test
    void aCallWhoseResultIsNoNumberInJsonRunsOnce() {
        script.give = self -> {
            self.count++;
            return Double.NaN;
        };
        told("1", "give");
        told("1", "give");
        assertThat(bean().count).isEqualTo(1);
    }

    @Test
    void aCallWithAKeyWhoseErrorHasMetadataThatAreNoJsonIsAnswered() {
        script.give = self -> {
            throw new UserException("no", "Not this one", Map.of("ratio", Double.NaN));
        };
        assertThat(error(told("1", "give")).code()).isEqualTo("no");
    }

    @Test
    void aCallWithAKeyMayHaveAnArgumentThatIsNoNumberInJson() {
        actors = system(LONG, PlannedArgumentsTest.Eater.class);
        String eater = actors.actor("eater", "e");
        actors.runTasks();
        outputs();
        actors.system.deliver(
                eater,
                new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "eat", List.of(Double.NaN), "1"));
        actors.runTasks();
        assertThat(answers(outputs(), "h")).singleElement().isInstanceOf(Output.Reply.class);
    }

    @Test
    void theKeptAnswerIsTheOneThatWasGiven() {
        byte[] buffer = {1, 2, 3};
        script.give = self -> buffer;
        told("1", "give");
        execute(self -> buffer[0] = 9);
        assertThat((byte[]) ((Output.Reply) told("1", "give")).result()).containsExactly(1, 2, 3);
    }

    static Stream<Object> numbers() {
        return Stream.of(
                BigInteger.TEN.pow(2_000),
                BigInteger.TWO.pow(100).negate(),
                new BigDecimal("1E+200000"),
                new BigDecimal("1E-200000"),
                Double.MIN_VALUE,
                -0.0,
                Long.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void anAnswerThatWasKeptDoesNotMakeTheStateUnreadable(Object number) {
        script.give = self -> number;
        told("1", "give");
        actors = system(LONG);
        assertThat(told("2", "get")).isEqualTo(new Output.Reply("h", 0, 0));
    }

    @Test
    void metadataThatWereKeptDoNotMakeTheStateUnreadable() {
        script.give = self -> {
            throw new UserException("no", "Not this one", Map.of("limit", BigInteger.TEN.pow(2_000)));
        };
        told("1", "give");
        actors = system(LONG);
        assertThat(told("2", "get")).isEqualTo(new Output.Reply("h", 0, 0));
    }

    @Test
    void halfASurrogatePairInAKeptAnswerComesBack() {
        script.give = self -> "\ud800";
        Output first = told("1", "give");
        actors = system(LONG);
        assertThat(told("1", "give")).isEqualTo(first);
    }

    @Test
    void whatWasKeptComesBackAsItWas() {
        List<Object> values = Arrays.asList(
                5_000_000_000L,
                1.5,
                Double.NaN,
                new BigDecimal("1.10"),
                Instant.EPOCH,
                "x",
                true,
                null,
                Map.of("@type", 1));
        script.give = self -> values;
        Output first = told("1", "give");
        actors = system(LONG);
        assertThat(told("1", "give")).isEqualTo(first);
        assertThat(script.count("give")).isEqualTo(1);
    }

    @Test
    void whatAnOlderVersionKeptIsAnswered() {
        anotherWrites("{\"format\":2,\"state\":{},\"recent\":[{\"id\":\"1\",\"output\":[5000000000,1.5,\"x\",null]},"
                + "{\"id\":\"2\",\"group\":\"user\",\"code\":\"no\",\"message\":\"No\",\"metadata\":{\"a\":1}}]}");
        actors = system(LONG);
        assertThat(told("1", "give"))
                .isEqualTo(new Output.Reply("h", 0, Arrays.asList(5_000_000_000L, 1.5, "x", null)));
        assertThat(error(told("2", "give"))).isEqualTo(new ActorError("user", "no", "No", Map.of("a", 1)));
    }

    @Test
    void ofACallOfAnUnknownActionNothingIsKept() {
        told("1", "nothing");
        assertThat(stored()).doesNotContain("recent");
    }

    @Test
    void whatTheRuntimeItselfSaysOfAnErrorIsKept() {
        Object violations = Map.of("violations", List.of(Map.of("path", "name", "message", "too long")));
        script.give = self -> {
            throw new ActorException(new ActorError("actor", "validation_failed", "No", violations));
        };
        Output first = told("1", "give");
        assertThat(error(first).metadata()).isEqualTo(violations);
        assertThat(told("1", "give")).isEqualTo(first);
    }
}
