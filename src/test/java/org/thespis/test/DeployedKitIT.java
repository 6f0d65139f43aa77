package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;
import org.thespis.test.fixture.lib.Gate;
import org.thespis.test.fixture.lib.Probe;
import org.thespis.test.fixture.lib.Pusher;
import org.thespis.test.fixture.lib.Recorder;
import org.thespis.test.fixture.lib.Slow;
import org.thespis.testkit.TestConnection;
import org.thespis.testkit.TestKit;

/** Each thing that a test of an author's may ask of the kit, once where it runs the actors and once against a server. */
@ExtendWith(ArquillianExtension.class)
class DeployedKitIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    @Test
    void theSameTestsPassInJUnitAndAtTheServer() {
        AuthorsTests here = AuthorsTests.run("", Asked.class);
        assertThat(here.failed()).as(here.toString()).isEmpty();
        assertThat(here.passed()).hasSize(9);
        AuthorsTests there = AuthorsTests.run("http://" + url.getHost() + ":" + url.getPort(), Asked.class);
        assertThat(there.failed()).as(there.toString()).isEmpty();
        assertThat(there.passed()).containsExactlyInAnyOrderElementsOf(here.passed());
    }

    /** Run twice. */
    static class Asked {

        interface Pushing {
            int next();
        }

        @RegisterExtension
        final TestKit kit = TestKit.of(Pusher.class, Recorder.class, Gate.class, Probe.class, Slow.class);

        @Inject
        Actors actors;

        @Inject
        ActorsOfType<Pushing> pushers;

        private static void assertCode(String reason, ThrowingCallable call) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.group() + "." + e.code())
                            .isEqualTo(reason));
        }

        @Test
        void eachTestHasActorsOfItsOwn() {
            assertThat(pushers.getOrCreate("a").next()).isEqualTo(1);
        }

        @Test
        void referencesAndConnectionsReachTheSameActor() {
            assertThat(pushers.getOrCreate("a").next()).isEqualTo(1);
            TestConnection client = kit.actor("pusher", "a").connect().on("seq");
            assertThat(actors.type("pusher").get("a").blocking().call(int.class, "next"))
                    .isEqualTo(2);
            assertThat(actors.type(Pushing.class).get("a").next()).isEqualTo(3);
            assertThat(client).received("seq", 2).received("seq", 3);
            assertThat(client.events(int.class, "seq")).containsExactly(2, 3);
            assertThat(actors.type("pusher").exists("a").toCompletableFuture().join())
                    .isTrue();
            assertThat(actors.type("pusher").exists("b").toCompletableFuture().join())
                    .isFalse();
        }

        @Test
        void eventsOfOneReachAnotherAndNobodyElse() {
            TestConnection red =
                    kit.actor("pusher", "a").connect(Map.of("team", "red")).on("team");
            TestConnection blue =
                    kit.actor("pusher", "a").connect(Map.of("team", "blue")).on("team");
            assertThat(blue.call(int.class, "toTeam", "red", "psst")).isEqualTo(1);
            assertThat(red).received("team", "red", "psst").isOpen();
            assertThat(blue).receivedNo("team").isOpen();
        }

        @Test
        void manyEventsArriveInTheirOrder() {
            TestConnection client = kit.actor("pusher", "a").connect().on("tick");
            client.call("burst", 500, "t");
            assertThat(client.events(Map.class, "tick")).hasSize(500);
        }

        @Test
        void whatIsRefusedIsToldWhole() {
            assertCode("user.token_refused", () -> kit.actor("gate", "a").connect(Map.of("token", "wrong")));
            TestConnection client = kit.actor("probe", "a").connect();
            assertCode("auth.forbidden", () -> client.on("forbidden"));
            assertCode("actor.validation_failed", () -> client.call("users.add", "", 7));
            assertCode("actor.action_not_found", () -> client.call("nosuch"));
            assertCode("actor.invalid_result", () -> client.call(int.class, "users.add", "ann", 7));
            assertThat(client.call(String.class, "users.add", "ann", 7)).isEqualTo("ann is 7");
            assertCode("actor.type_not_found", () -> kit.actor("nosuch").connect());
        }

        @Test
        void whoIsThrownOutStaysOut() {
            TestConnection victim = kit.actor("recorder", "a").connect(Map.of("tag", "v"));
            TestConnection other =
                    kit.actor("recorder", "a").connect(Map.of("tag", "o")).on("left");
            other.call("kick", "v", "room.kicked");
            assertThat(victim).isClosedFor("room.kicked");
            assertThat(other).received("left", "v");
            assertThatThrownBy(() -> victim.call("tags"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("connection to recorder/a is closed: room.kicked");
            assertThat(other.call(Object.class, "tags")).isEqualTo(java.util.List.of("o"));
        }

        @Test
        void whoLeavesIsGone() {
            TestConnection one = kit.actor("recorder", "a").connect(Map.of("tag", "one"));
            TestConnection other =
                    kit.actor("recorder", "a").connect(Map.of("tag", "other")).on("left");
            one.close();
            one.close();
            assertThat(other).received("left", "one");
            assertThat(one).isClosed();
        }

        @Test
        void aCallThatIsNotWaitedForHasItsResultLater() {
            TestConnection client = kit.actor("slow", "a").connect();
            CompletableFuture<Object> answer = client.start("work", 1);
            assertThat(answer).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("waited 1");
            client.close();
        }

        @Test
        void anEventThatDoesNotComeFailsTheTestAndTellsWhatCame() {
            TestConnection client = kit.actor("pusher", "a").connect().on("seq");
            client.call("next");
            assertThat(client).received("seq", 1);
            assertThatThrownBy(() -> assertThat(client).received("others", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has not subscribed to others");
        }
    }
}
