package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;

/** Actors behind interfaces of the application. */
class TypedReferencesTest extends ReferencesFixture {

    private CallingApi calling(String key) {
        return actors.type(CallingApi.class).getOrCreate(key);
    }

    @Test
    void methodsWaitOrReturnStages() throws Exception {
        begin(Calling.class);
        assertThat(calling("a").add(2)).isEqualTo(2);
        List<Calling.Point> points = List.of(new Calling.Point(1, 2), new Calling.Point(3, 4));
        assertThat(get(calling("a").points(points))).isEqualTo(points);
        calling("a").other("x", "y");
        calling("a").other();
        assertThat(calling("a").add(0)).isEqualTo(4);
        assertThat(calling("a").addTwice(1)).isEqualTo(6);
    }

    @Test
    void oneThatIsCreatedOrFoundIsTyped() throws Exception {
        begin(Calling.class);
        CallingApi made = get(actors.type(CallingApi.class).create(ActorKey.of("a"), null));
        assertThat(made.add(1)).isEqualTo(1);
        String id = system.find("calling", ActorKey.of("a")).orElseThrow().id();
        assertThat(actors.type(CallingApi.class).byId(id).add(1)).isEqualTo(2);
        assertThat(get(actors.type(CallingApi.class).exists("a"))).isTrue();
        assertThat(code(catchThrowable(
                        () -> actors.type(CallingApi.class).get("nobody").add(1))))
                .isEqualTo("actor.not_found");
    }

    @Test
    void theyAreObjectsLikeOthers() {
        begin(Calling.class);
        assertThat(calling("a")).isEqualTo(calling("a")).hasSameHashCodeAs(calling("a"));
        assertThat(calling("a")).isNotEqualTo(calling("b")).isNotEqualTo("a").isNotEqualTo(null);
        assertThat(calling("a")).hasToString("CallingApi of calling/a");
    }

    @Test
    void theReferenceBehindThemTells() {
        begin(Calling.class);
        actors.reference(calling("a")).tell("add", 5);
        assertThat(calling("a").add(0)).isEqualTo(5);
        assertThatThrownBy(() -> actors.reference("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitingInATurnIsRefused() {
        begin(Calling.class);
        script.act = self -> calling("a").add(1);
        assertThat(code(catchThrowable(() -> scripted("b").blocking().call("act"))))
                .isEqualTo("rivetkit.internal_error");
    }

    @Test
    void anInterfaceOfNoActorIsRefusedWithItsNumber() {
        begin(Calling.class);
        assertThatThrownBy(() -> actors.type(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("THESPIS-171: ");
    }
}
