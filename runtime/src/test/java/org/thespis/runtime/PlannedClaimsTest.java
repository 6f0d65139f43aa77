package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.reference.InjectedActors;

/** What is said of a user ends with what the user does; plans know the name and the roles, before a sleep as after it. */
class PlannedClaimsTest extends ReferencesFixture {

    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    @Actor("clerk")
    static class Clerk {

        ActorContext actor;

        @Action
        void plan() {
            ask();
            actor.schedule().after(Duration.ZERO, "ask");
        }

        @Action
        void ask() {
            Calling.actors.type("desk").getOrCreate("one").tell("note");
        }
    }

    @Actor("desk")
    static class Desk {
        @Action
        void note(Connection connection) {
            HEARD.add(connection.principal().orElseThrow().getName() + " " + connection.isUserInRole("writer") + " "
                    + connection.claims());
        }
    }

    @Test
    void claimsAreNotKeptWithPlans() throws Exception {
        HEARD.clear();
        begin(Clerk.class, Desk.class);
        Caller ann = new Caller("ann", Set.of("writer"), Map.of("limit", 10));
        InjectedActors ofAnn = new InjectedActors(() -> Optional.of(references), () -> ann, type -> null);
        get(ofAnn.type("clerk").getOrCreate("one").call("plan"));
        assertThat(HEARD.poll(LONG.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("ann true {limit=10}");
        assertThat(HEARD.poll(LONG.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("ann true {}");
    }
}
