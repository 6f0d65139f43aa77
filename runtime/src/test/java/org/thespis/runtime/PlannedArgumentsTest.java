package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The arguments of a plan are what they were when it was made, and harm nothing, whatever they are. */
class PlannedArgumentsTest extends ScriptedFixture {

    /** Takes anything, and changes what it was given. */
    @Actor("eater")
    static class Eater {
        static final List<Object> EATEN = new CopyOnWriteArrayList<>();
        static Object given;
        static boolean poison;

        ActorContext actor;

        @Action
        void plan() {
            actor.schedule().after(Duration.ofSeconds(5), "eat", given);
        }

        @Action
        void planAgainAndAgain() {
            actor.schedule().cron("c", "* * * * *", ZoneOffset.UTC, "eat", given);
        }

        @Action
        @SuppressWarnings("unchecked")
        void eat(Object what) {
            EATEN.add(String.valueOf(what));
            if (what instanceof Map<?, ?> map) {
                ((Map<String, Object>) map).put("eaten", poison ? map : true);
            }
        }
    }

    @Test
    void aPlanWithoutANameDoesNotMakeTheStateUnreadable() {
        act(self -> self.actor.schedule().cron(null, "0 0 1 1 *", ZoneOffset.UTC, "get"));
        actors = system(LONG);
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 900, 990, 995, 996, 997, 998, 999, 1000})
    void aPlanThatWasTakenCanBeReadBackHoweverDeepItsArgumentsAre(int depth) {
        act(self -> {
            List<Object> deep = new ArrayList<>();
            for (int i = 1; i < depth; i++) {
                deep = new ArrayList<>(List.of(deep));
            }
            self.actor.schedule().after(Duration.ofHours(1), "get", deep);
        });
        actors = system(LONG);
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, 0));
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.KeptAnswersTest#numbers")
    void aPlansArgumentDoesNotMakeTheStateUnreadable(Object number) {
        act(self -> self.actor.schedule().after(Duration.ofHours(1), "get", number));
        actors = system(LONG);
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, 0));
    }

    private void eater(String action, Object given) {
        Eater.EATEN.clear();
        Eater.given = given;
        actors = system(LONG, Eater.class);
        String eater = actors.actor("eater", "e");
        actors.runTasks();
        actors.system.deliver(
                eater, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(), null));
        actors.runTasks();
        outputs();
    }

    @Test
    void whatAPlannedActionDoesToItsArgumentsIsNotSeenTheNextTime() {
        eater("planAgainAndAgain", Map.of("a", "b"));
        actors.clock.advance(Duration.ofSeconds(61));
        tick();
        actors.clock.advance(Duration.ofSeconds(61));
        tick();
        assertThat(Eater.EATEN).containsExactly("{a=b}", "{a=b}");
    }

    @Test
    void whatAPlannedActionDoesToItsArgumentsHarmsNobodyElse() {
        eater("planAgainAndAgain", new HashMap<>(Map.of("a", new HashMap<>())));
        String eater = actors.actor("eater", "e");
        String client = actors.client(eater);
        Eater.poison = true;
        actors.clock.advance(Duration.ofSeconds(61));
        tick();
        Eater.poison = false;
        assertThat(outputs())
                .noneMatch(output -> output instanceof Output.Closed closed
                        && closed.clientId().equals(client));
    }

    @Test
    void aPlansArgumentIsTheSameWhetherTheActorSleptOrNot() {
        eater("plan", "\ud800");
        actors = system(LONG, Eater.class); // it comes back from the store
        actors.clock.advance(Duration.ofSeconds(6));
        passUntil("it is called", () -> !Eater.EATEN.isEmpty());
        assertThat(Eater.EATEN).containsExactly("\ud800");
    }

    @Test
    void aHookThatPlansWhatCannotBeWrittenIsNotTakenForAStateThatCannotBeRead() {
        script.onWake = self -> self.actor.schedule().after(Duration.ofHours(1), "get", new Object() {
            @SuppressWarnings("unused")
            public String getName() {
                throw new IllegalStateException("no name");
            }
        });
        actors = system(LONG);
        once("h", "get");
        actors.runTasks();
        Output answer = answers(outputs(), "h").get(0);
        assertThat(answer).isInstanceOf(Output.Failed.class);
        assertThat(error(answer).code()).isNotEqualTo("state_unreadable");
    }

    @Test
    void anExpressionThatNeverComesTrueIsRefused() {
        List<Output> told = act(self -> {
            try {
                self.actor.schedule().cron("never", "0 0 30 2 *", ZoneOffset.UTC, "get");
                self.count = 1;
            } catch (IllegalArgumentException e) {
                self.count = 2;
            }
        });
        assertThat(told).containsExactly(new Output.Reply("client-1", 1, 2));
    }
}
