package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.cluster.wire.Message;

class DeparturesTest {

    private static final Set<String> NODES = Set.of("a", "b", "c");

    private final Departures first = new Departures("a");
    private final Departures other = new Departures("b");

    DeparturesTest() {
        first.comes(new Members(4, NODES, true));
        other.comes(new Members(4, NODES, true));
    }

    private Message.Placed leaves(String node) {
        Message.Placed placed = first.asked(node, 4).orElseThrow();
        assertThat(first.placed("a", placed)).isPresent();
        return placed;
    }

    @Test
    void whoLeavesHasNothingAnyMoreInAPlacementThatIsLaterThanTheView() {
        Members before = other.comes(new Members(4, NODES, true)).get(0);
        Members after = other.placed("a", leaves("c")).orElseThrow();
        assertThat(after.epoch()).isGreaterThan(before.epoch());
        assertThat(after.owners()).containsExactly("a", "b");
        assertThat(after.nodes()).containsExactlyInAnyOrderElementsOf(NODES);
        assertThat(other.comes(new Members(5, NODES, true)).get(0).epoch()).isGreaterThan(after.epoch());
    }

    @Test
    void onlyTheFirstPlaces() {
        assertThat(other.asked("c", 4)).isEmpty();
        assertThat(other.placed("c", new Message.Placed(4, 1, List.of("c")))).isEmpty();
    }

    @Test
    void somebodyStays() {
        leaves("c");
        leaves("a");
        assertThat(first.asked("b", 4)).isEmpty();
    }

    @Test
    void aPartThatIsNotToServeHasNoActorsUntilItMay() {
        assertThat(other.serve(false)).isEmpty(); // the first says that
        Message.Placed stop = first.serve(false).orElseThrow();
        assertThat(first.placed("a", stop).orElseThrow().owners()).isEmpty();
        assertThat(other.placed("a", stop).orElseThrow().owners()).isEmpty();
        assertThat(other.isServing()).isFalse();
        assertThat(other.leaving()).isEmpty(); // none of them goes
        assertThat(first.serve(false)).isEmpty();
        assertThat(first.asked("b", 4)).isEmpty();
        Message.Placed go = first.serve(true).orElseThrow();
        assertThat(other.placed("a", go).orElseThrow().owners()).containsExactly("a", "b", "c");
        assertThat(other.isServing()).isTrue();
    }

    @Test
    void whatIsSaidOfAViewThatIsNotHereYetWaitsForIt() {
        assertThat(other.placed("a", new Message.Placed(5, 1, List.of("c")))).isEmpty();
        assertThat(other.placed("a", new Message.Placed(5, 2, List.of("c", "b"))))
                .isEmpty();
        List<Members> came = other.comes(new Members(5, NODES, true));
        assertThat(came).hasSize(2);
        assertThat(came.get(1).owners()).containsExactly("a");
    }

    /** Those who place in different views are different nodes: what they say comes in any order. */
    @Test
    void theLatestOfWhatIsSaidAheadIsKept() {
        assertThat(other.placed("a", new Message.Placed(6, 1, List.of("c")))).isEmpty();
        assertThat(other.placed("c", new Message.Placed(5, 2, List.of("b")))).isEmpty();
        assertThat(other.comes(new Members(5, NODES, true))).hasSize(1);
        List<Members> came = other.comes(new Members(6, NODES, true));
        assertThat(came).hasSize(2);
        assertThat(came.get(1).owners()).containsExactly("a", "b");
    }

    @Test
    void whatIsSaidOfAnEarlierViewOrTwiceIsNothing() {
        Message.Placed placed = leaves("c");
        assertThat(other.placed("a", placed)).isPresent();
        assertThat(other.placed("a", placed)).isEmpty();
        other.comes(new Members(5, NODES, true));
        assertThat(other.placed("a", new Message.Placed(4, 2, List.of("b")))).isEmpty();
    }

    @Test
    void whoWantsToLeaveAsksAgainInEachViewUntilItIsPlaced() {
        other.want();
        assertThat(other.request().orElseThrow().placer()).isEqualTo("a");
        other.comes(new Members(5, Set.of("b", "c"), true));
        assertThat(other.request().orElseThrow().placer()).isEqualTo("b");
        other.placed("b", other.asked("b", 5).orElseThrow());
        assertThat(other.request()).isEmpty();
        other.comes(new Members(6, Set.of("b"), true));
        assertThat(other.request()).isEmpty();
        assertThat(other.isAlone()).isTrue();
        assertThat(other.isStaying()).isFalse();
    }
}
