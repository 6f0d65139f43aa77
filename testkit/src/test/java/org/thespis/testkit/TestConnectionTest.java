package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.api.Actors;

/** What clients of a test see, and who they are. */
class TestConnectionTest {

    @RegisterExtension
    final TestKit kit = TestKit.of(Notebook.class).withPatience(Duration.ofSeconds(2));

    @Inject
    Actors actors;

    private final TestActor book = kit.actor("notebook", "a");

    @BeforeEach
    void begin() {
        Notebook.STORY.clear();
    }

    @Test
    void onlyWhatWasSubscribedToIsReceived() {
        TestConnection reader = book.connect().on("written");
        TestConnection other = book.connect();
        reader.call("write", "one");
        assertThat(reader).received("written", "one");
        assertThatThrownBy(() -> assertThat(other).received("written", "one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not subscribed to written");
        assertThat(other.on("written")).receivedNo("written");
    }

    @Test
    void anEventThatDoesNotComeFailsTheTestAndTellsWhatCame() {
        TestConnection reader = book.connect().on("written");
        reader.call("write", "one");
        assertThatThrownBy(() -> assertThat(reader).received("written", "two"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("connection to notebook/a: expected written[two] within 2000 ms")
                .hasMessageContaining("received [written[one]]");
        assertThatThrownBy(() -> assertThat(reader).receivedNo("written")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(reader).isClosed()).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoIsRefusedIsToldSoAndTheActorIsNotCreated() {
        assertThatThrownBy(() -> book.connect(new Notebook.Reader("stranger")))
                .isInstanceOfSatisfying(
                        ActorCallException.class, e -> assertThat(e.code()).isEqualTo("stranger"));
        assertThat(actors.type("notebook").exists("a").toCompletableFuture().join())
                .isFalse();
        assertThat(book.connect(Map.of("name", "friend"))).isOpen();
    }

    @Test
    void headersOfTheHandshakeAreInTheHandOfTheTest() {
        assertThat(book.header("X-Badge", "1").connect().call(String.class, "headerOf", "x-badge"))
                .isEqualTo("1");
        assertThat(book.connect().call(String.class, "headerOf", "x-badge")).isEqualTo("none");
    }

    @Test
    void aSubscriptionThatIsRefusedIsToldSo() {
        TestConnection reader = book.connect();
        assertThatThrownBy(() -> reader.on("secrets"))
                .isInstanceOfSatisfying(
                        ActorCallException.class, e -> assertThat(e.code()).isEqualTo("forbidden"));
        assertThat(reader).isOpen();
    }

    @Test
    void whoLeavesIsGoneWhenCloseReturns() {
        TestConnection reader = book.connect();
        reader.close();
        assertThat(Notebook.STORY).containsExactly("gone");
        reader.close();
        assertThat(reader).isClosed();
    }

    @Test
    void aCallerMayHaveRoles() {
        assertThat(book.as("ann", "reader", "writer").connect().call(String.class, "who"))
                .isEqualTo("ann, who writes");
    }

    @Test
    void aCallerHasAName() {
        assertThat(book.connect().call(String.class, "who")).isEqualTo("nobody");
        assertThat(book.as("ann").connect().call(String.class, "who")).isEqualTo("ann");
    }

    @Test
    void whoIsLoggedInInTheTestGoesAlongWithItsReferences() {
        String name = kit.as(
                "ann", () -> actors.type("notebook").getOrCreate("a").blocking().call(String.class, "who"));
        assertThat(name).isEqualTo("ann");
        assertThat(actors.type("notebook").getOrCreate("a").blocking().call(String.class, "who"))
                .isEqualTo("nobody");
    }

    @Test
    void numbersAreComparedByTheirValueAndRecordsAsTheyAreSent() {
        assertThat(Plain.areSame(5, 5L)).isTrue();
        assertThat(Plain.areSame(5, 5.0)).isTrue();
        assertThat(Plain.areSame(5, "5")).isFalse();
        assertThat(Plain.areSame(new Notebook.Reader("ann"), Map.of("name", "ann")))
                .isTrue();
        assertThat(Plain.areSame(Double.NaN, Double.NaN)).isTrue();
    }
}
