package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.thespis.cluster.Segments.Phase;

/** Nodes that come, go and are cut off, with every order in which views and messages may come: steps are drawn by a seed. */
class SegmentsTest {

    private static final int SEEDS = 60;
    private static final int STEPS = 400;

    /** Segments that are looked at: all behave alike. */
    private static final int LOOKED_AT = 24;

    private interface Message {
        void arrive(Segments to);
    }

    /** Guarded by nothing: one thread does all. */
    private final class Node implements Segments.Steps {

        private final String name;
        private final Segments segments;
        private final Queue<Members> views = new ArrayDeque<>();
        private final Map<String, Queue<Message>> from = new TreeMap<>();
        private final Set<Integer> leaving = new HashSet<>();
        private final Set<Integer> living = new HashSet<>(); // segments whose actors may be in memory
        private boolean cut; // its view is not that of the others

        private Node(String name) {
            this.name = name;
            this.segments = new Segments(name, this);
        }

        private void send(Message message) {
            for (Node other : nodes.values()) {
                if (other != this && other.cut == cut) {
                    other.from
                            .computeIfAbsent(name, sender -> new ArrayDeque<>())
                            .add(message);
                }
            }
        }

        private void install(Members members) {
            Placement placement = new Placement(members.epoch(), members.nodes());
            List<Integer> held = segments.install(members, placement);
            send(to -> to.synced(name, members.epoch(), held));
        }

        @Override
        public void opened(int segment) {
            living.add(segment);
        }

        @Override
        public void refused(int segment) {
            // nothing waits here
        }

        @Override
        public void leave(int segment) {
            leaving.add(segment);
        }

        private void letGo(int segment) {
            leaving.remove(segment);
            living.remove(segment);
            long epoch = segments.placement().epoch();
            send(to -> to.released(name, epoch, segment));
            segments.left(segment);
        }
    }

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private Random random;
    private long epoch;
    private int names;

    private <T> T any(java.util.Collection<T> of) {
        List<T> list = new ArrayList<>(of);
        return list.get(random.nextInt(list.size()));
    }

    private void tellAll(Set<Node> cameBack) {
        epoch++;
        Set<String> together = new TreeSet<>();
        nodes.values().stream().filter(node -> !node.cut).forEach(node -> together.add(node.name));
        for (Node node : nodes.values()) {
            if (!node.cut) {
                node.views.add(new Members(epoch, together, !cameBack.contains(node)));
            }
        }
    }

    private void step() {
        int what = random.nextInt(100);
        if (what < 2 && nodes.size() < 5 || nodes.isEmpty()) {
            Node node = new Node("n" + ++names);
            nodes.put(node.name, node);
            tellAll(Set.of(node));
        } else if (what < 4 && connected() > 1) {
            remove(any(nodes.values()));
        } else if (what < 5 && connected() > 1) {
            cut(any(nodes.values()));
        } else if (what < 7) {
            comeBack();
        } else {
            progress();
        }
    }

    private long connected() {
        return nodes.values().stream().filter(node -> !node.cut).count();
    }

    private void remove(Node node) {
        if (!node.cut) {
            nodes.remove(node.name);
            tellAll(Set.of());
        }
    }

    /** It goes on alone, and the others without it. */
    private void cut(Node node) {
        if (node.cut) {
            return;
        }
        node.cut = true;
        tellAll(Set.of());
        node.views.add(new Members(++epoch, Set.of(node.name), true));
    }

    private void comeBack() {
        Set<Node> back = new HashSet<>();
        for (Node node : nodes.values()) {
            if (node.cut) {
                node.cut = false;
                back.add(node);
            }
        }
        if (!back.isEmpty()) {
            tellAll(back);
        }
    }

    /** False if nothing is under way any more. */
    private boolean progress() {
        List<Runnable> possible = new ArrayList<>();
        for (Node node : nodes.values()) {
            if (!node.views.isEmpty()) {
                possible.add(() -> node.install(node.views.remove()));
            }
            node.from.values().stream()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> possible.add(() -> line.remove().arrive(node.segments)));
            if (!node.leaving.isEmpty()) {
                possible.add(() -> node.letGo(any(node.leaving)));
            }
        }
        if (possible.isEmpty()) {
            return false;
        }
        any(possible).run();
        return true;
    }

    /** Who was cut off may have something open that another has as well, until it has come back and let it go. */
    private void requireOneAtATime(Set<Node> strays) {
        for (int segment = 0; segment < LOOKED_AT; segment++) {
            int one = segment;
            List<String> owners = nodes.values().stream()
                    .filter(node -> !strays.contains(node) && node.living.contains(one))
                    .map(node -> node.name)
                    .toList();
            assertThat(owners).as("segment %s", segment).hasSizeLessThan(2);
        }
    }

    @Test
    void noSegmentIsOpenOnTwoNodesAndEachIsInTheEnd() {
        for (int seed = 0; seed < SEEDS; seed++) {
            random = new Random(seed);
            nodes.clear();
            Set<Node> strays = new HashSet<>();
            for (int i = 0; i < STEPS; i++) {
                step();
                nodes.values().stream().filter(node -> node.cut).forEach(strays::add);
                requireOneAtATime(strays);
            }
            comeBack();
            while (progress()) {
                requireOneAtATime(strays);
            }
            requireAllOpen(seed);
        }
    }

    private void requireAllOpen(int seed) {
        Placement placement = new Placement(epoch, nodes.keySet());
        for (Node node : nodes.values()) {
            for (int segment = 0; segment < Placement.SEGMENTS; segment++) {
                boolean ours = placement.owner(segment).equals(node.name);
                assertThat(node.segments.phase(segment))
                        .as("seed %s, segment %s on %s", seed, segment, node.name)
                        .isEqualTo(ours ? Phase.OPEN : Phase.FOREIGN);
            }
        }
    }

    @Test
    void whatIsSaidOfSegmentsThatThereAreNotIsPassedOver() {
        Node node = new Node("a");
        node.install(new Members(1, Set.of("a", "b"), true));
        node.segments.released("b", 1, -1);
        node.segments.released("b", 1, Placement.SEGMENTS);
        node.segments.synced("b", 1, List.of(-1, Placement.SEGMENTS));
        assertThat(node.living).isNotEmpty();
    }

    @Test
    void viewsThatNeverComeAreRememberedWithinABound() {
        Node node = new Node("a");
        node.install(new Members(1, Set.of("a", "b"), true));
        for (int later = 2; later < 10 * Segments.MAX_EARLY_VIEWS; later++) {
            node.segments.synced("b", later, List.of());
        }
        assertThat(node.segments.earlyViews()).isEqualTo(Segments.MAX_EARLY_VIEWS);
    }
}
