package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.Output;

/** Two nodes that take one actor for theirs, on a store that fails: what either tells is never of both. */
class DurableTwoNodesTest extends CollectionsFixture {

    private static final int NAMES = 4;
    private static final int STEPS = 200;

    private record Node(TestActors actors, String client) {}

    private final List<String> log = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Random random;
    private int number;
    private long request;
    private int pairs;

    private void node(int which, Class<?> type) {
        actors = actors(Policy.values()[random.nextInt(3)], random.nextBoolean() ? 0 : 1_000, type);
        connect();
        nodes.set(which, new Node(actors, client));
    }

    /** How the store answers each node; it is asked in the thread of the test. */
    private enum Store {
        WELL,
        AWAY,
        ONE_ANSWER_LOST,
        AWAY_BEHIND_A_LOST_ANSWER
    }

    private final Store[] stores = {Store.WELL, Store.WELL};
    private int asking;

    private void storeFails() {
        stores[asking] = random.nextInt(3) == 0 ? Store.WELL : Store.values()[random.nextInt(4)];
        log.add(asking + " store " + stores[asking]);
    }

    private void before(String access) {
        if (access.equals("write") && stores[asking] == Store.AWAY) {
            throw new StoreException("away", null, true);
        }
    }

    private void after(String access) {
        Store store = stores[asking];
        if (access.equals("write") && store.ordinal() > Store.AWAY.ordinal()) {
            stores[asking] = store == Store.ONE_ANSWER_LOST ? Store.WELL : Store.AWAY;
            throw new StoreException("the answer got lost", null, true);
        }
    }

    /** A field has the sum of all entries: each turn changes one of them, or not, and tells both. */
    private void turn(int which) {
        int kind = random.nextInt(4);
        int written = ++number;
        String name = "n" + random.nextInt(NAMES);
        act = room -> {
            if (kind == 0) {
                Integer before = room.scores.put(name, written);
                room.plain += written - (before == null ? 0 : before);
            }
            if (kind == 1) {
                room.actor.saveState();
            }
            int sum = 0;
            for (int one : room.scores.values()) {
                sum += one;
            }
            return room.plain + "=" + sum;
        };
        log.add(which + " turn " + kind);
        actors.call(id, client, ++request, kind == 3 ? "read" : "act");
    }

    private void check() {
        boolean ended = false;
        for (Output output : List.copyOf(actors.outputs)) {
            if (output instanceof Output.Reply reply) {
                String[] pair = reply.result().toString().split("=");
                assertThat(pair[0]).as("%s: %s", reply.result(), log).isEqualTo(pair[1]);
                pairs++;
            }
            ended |= output instanceof Output.Failed || output instanceof Output.Closed;
        }
        actors.outputs.clear();
        if (ended) {
            client = actors.client(id);
            actors.runTasks();
            actors.outputs.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatOneNodeTellsIsOfOneVersion(long seed) {
        random = new Random(seed);
        nodes.add(null);
        nodes.add(null);
        node(0, Periodic.class);
        node(1, seed % 2 == 0 ? Periodic.class : Committing.class);
        store.before = this::before;
        store.after = this::after;
        for (int i = 0; i < STEPS; i++) {
            asking = random.nextInt(2);
            int which = asking;
            actors = nodes.get(which).actors;
            client = nodes.get(which).client;
            switch (random.nextInt(6)) {
                case 0 -> storeFails();
                case 1 -> {
                    log.add(which + " tick");
                    actors.system.tick();
                    ScriptedFixture.pause();
                }
                default -> turn(which);
            }
            if (random.nextInt(3) > 0) {
                actors.runTasks();
            }
            check();
            nodes.set(which, new Node(actors, client));
        }
        assertThat(pairs).isGreaterThan(STEPS / 10);
    }
}
