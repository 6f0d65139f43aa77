package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.ActorsOfType;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** What references tell of actors that are not for their caller. */
class ReferenceRolesTest extends ReferencesFixture {

    @Actor("club")
    @RolesAllowed("member")
    static class Club {
        @Action
        void enter() {}
    }

    private String known;
    private ActorsOfType<ActorReference> clubs;

    @BeforeEach
    void makeOne() {
        begin(Club.class);
        Caller member = new Caller("bob", Set.of("member"));
        known = system.getOrCreate(Wanted.of("club", ActorKey.of("known"), Undefined.UNDEFINED, member))
                .actor()
                .id();
        clubs = actors.type("club");
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "new"})
    void whetherThereIsOneIsNotTold(String key) {
        assertThat(failure(clubs.get(key).call("enter"))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.get(key).call("nothing"))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.getOrCreate(key).call("enter"))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.create(ActorKey.of(key), null))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.exists(key))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.get(key).on("event", heard -> {}).ended())).isEqualTo("auth.forbidden");
        assertThat(system.find("club", ActorKey.of("new"))).isEmpty();
    }

    @Test
    void idsAreOfATypeSoTheyAreNotToldApartEither() {
        assertThat(failure(clubs.byId(known).call("enter"))).isEqualTo("auth.forbidden");
        assertThat(failure(clubs.byId("none").call("enter"))).isEqualTo("auth.forbidden");
    }
}
