package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.OnStateChange;
import org.thespis.api.State;

/** {@code OnStateChange} is called when the state has changed, and only then. */
class StateChangesTest extends ScriptedFixture {

    /** Keeps nothing. */
    @Actor(value = "careless", durability = Durability.NONE)
    static class Careless {
        static final AtomicInteger CHANGES = new AtomicInteger();

        @State
        int count;

        @OnStateChange
        void changed() {
            CHANGES.incrementAndGet();
        }

        @Action
        int add(int by) {
            return count += by;
        }
    }

    @Test
    void onStateChangeIsCalledWhateverTheDurability() {
        actors = system(LONG, Careless.class);
        Careless.CHANGES.set(0);
        String careless = actors.actor("careless", "c");
        actors.call(careless, actors.client(careless), 1, "add", 1L);
        actors.runTasks();
        assertThat(Careless.CHANGES).hasValue(1);
    }

    @Test
    void aCallWithAKeyThatOnlyReadsChangesNoState() {
        onceWithKey("h", "1", "get");
        actors.runTasks();
        assertThat(script.count("changed")).isZero();
    }

    @Test
    void whatIsPlannedIsNoStateOfTheAuthors() {
        act(self -> self.actor.schedule().after(Duration.ofHours(1), "get"));
        assertThat(script.count("changed")).isZero();
    }

    @Test
    void anActorThatKeepsNothingIsNotToldOfItsCreationNorOfTurnsThatOnlyRead() {
        actors = system(LONG, Careless.class);
        Careless.CHANGES.set(0);
        String careless = actors.actor("careless", "c");
        actors.call(careless, actors.client(careless), 1, "add", 0L);
        actors.runTasks();
        assertThat(Careless.CHANGES).hasValue(0);
    }
}
