package org.thespis.bench;

import org.thespis.bench.Comparison.Contender;

/** Calls that change states of each durability. */
final class Durabilities {

    private static final int CONNECTIONS = 200;
    private static final int WINDOW_EACH = 4;

    private final Stage stage;

    Durabilities(Stage stage) {
        this.stage = stage;
    }

    /** @param commitGoal for COMMIT, or null */
    void run(String database, Goal commitGoal) throws Exception {
        int connections = stage.settings().many(CONNECTIONS);
        stage.comparison()
                .run(
                        database + ", " + connections + " actors, " + WINDOW_EACH + " calls in flight each",
                        new Contender("NONE", probe("benchNone", connections), null),
                        new Contender("PERIODIC", probe("benchPeriodic", connections), null),
                        new Contender("COMMIT", probe("benchCommit", connections), commitGoal));
        stage.comparison()
                .run(
                        database + ", 1 actor, 1 call in flight",
                        new Contender("NONE", CallProbe.onEach(stage.group(), peer("benchNone"), 1, 1), null),
                        new Contender("COMMIT", CallProbe.onEach(stage.group(), peer("benchCommit"), 1, 1), null));
    }

    private Probe probe(String actor, int connections) throws Exception {
        return CallProbe.onEach(stage.group(), peer(actor), connections, WINDOW_EACH);
    }

    private Peer peer(String actor) {
        return Peer.json(stage.host(), actor, i -> "count" + i, "increment", "");
    }
}
