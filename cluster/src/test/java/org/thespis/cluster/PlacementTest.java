package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final List<String> NODES = List.of("a", "b", "c", "d", "e");

    @Test
    void eachNodeHasItsShare() {
        Placement placement = new Placement(1, NODES);
        Map<String, Integer> shares = new HashMap<>();
        for (int segment = 0; segment < Placement.SEGMENTS; segment++) {
            shares.merge(placement.owner(segment), 1, Integer::sum);
        }
        assertThat(shares.keySet()).containsExactlyInAnyOrderElementsOf(NODES);
        assertThat(shares.values()).allMatch(share -> share > Placement.SEGMENTS / NODES.size() / 2);
    }

    @Test
    void onlyWhatANodeHadMovesWhenItGoes() {
        Placement before = new Placement(1, NODES);
        Placement after = new Placement(2, NODES.subList(0, 4));
        for (int segment = 0; segment < Placement.SEGMENTS; segment++) {
            if (!before.owner(segment).equals("e")) {
                assertThat(after.owner(segment)).isEqualTo(before.owner(segment));
            }
        }
    }

    @Test
    void idsOfOneTimeFallIntoAllSegments() {
        long segments = IntStream.range(0, 20 * Placement.SEGMENTS)
                .mapToObj(i -> new UUID(0x0192_0000_0000_7000L, i).toString())
                .mapToInt(Placement::segment)
                .distinct()
                .count();
        assertThat(segments).isEqualTo(Placement.SEGMENTS);
    }

    /** Nodes of several releases are in one cluster: a change here is one of the format of messages. */
    @Test
    void whereAnActorLivesIsTheSameInEveryRelease() {
        assertThat(Placement.segment("01a22b93-4f63-7526-9d47-8d09bdefcfc5")).isEqualTo(93);
        List<String> owners =
                IntStream.range(0, 8).mapToObj(new Placement(1, NODES)::owner).toList();
        assertThat(owners).containsExactly("e", "e", "c", "d", "c", "b", "e", "c");
    }
}
