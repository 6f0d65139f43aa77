package org.thespis.bench;

import org.thespis.bench.Comparison.Contender;

/** Calls that change states of each durability. */
final class Durabilities {

    private static final int CONNECTIONS = 200;
    private static final int[] WINDOWS_EACH = {4, 16};

    private static final int SOME = 64;

    private final Stage stage;

    Durabilities(Stage stage) {
        this.stage = stage;
    }

    /** @param commitGoal for COMMIT, or null */
    void run(String database, Goal commitGoal) throws Exception {
        int connections = stage.settings().many(CONNECTIONS);
        for (int window : WINDOWS_EACH) {
            stage.comparison()
                    .run(
                            database + ", " + connections + " actors, " + window + " calls in flight each",
                            new Contender("NONE", probe("benchNone", connections, window), null),
                            new Contender("PERIODIC", probe("benchPeriodic", connections, window), null),
                            new Contender("COMMIT", probe("benchCommit", connections, window), commitGoal));
        }
        one(database, "1 call in flight", 1);
        one(database, SOME + " calls in flight", SOME);
    }

    /** One actor, by one connection. */
    private void one(String database, String name, int window) throws Exception {
        stage.comparison()
                .run(
                        database + ", 1 actor, " + name,
                        new Contender("NONE", probe("benchNone", 1, window), null),
                        new Contender("COMMIT", probe("benchCommit", 1, window), null));
    }

    private Probe probe(String actor, int connections, int window) throws Exception {
        return CallProbe.onEach(stage.group(), peer(actor), connections, window);
    }

    private Peer peer(String actor) {
        return Peer.json(stage.host(), actor, i -> "count" + i, "increment", "");
    }
}
