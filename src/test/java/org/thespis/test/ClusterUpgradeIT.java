package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.thespis.test.ServerProcess.Installation;

/**
 * Nodes with the EAR of an earlier release, {@code -Dcluster.first.ear}, get the one of this build in turn, under load; nodes of both
 * are killed and restarted between.
 */
@EnabledIfSystemProperty(
        named = "cluster.first.ear",
        matches = ".+",
        disabledReason = "needs the EAR of an earlier release")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ClusterUpgradeIT {

    private static final int NODES = 3;
    private static final String DETECTION = "10s";

    private final StringBuilder figures = new StringBuilder();

    @Test
    void nothingIsLostAsNodesOfTwoReleasesAreOneCluster() throws Exception {
        ClusterNodes cluster = new ClusterNodes(DETECTION);
        try (cluster) {
            File first = new File(System.getProperty("cluster.first.ear"));
            for (int i = 0; i < NODES; i++) {
                cluster.add(Installation.own(i), Map.of(), TestEar.of(first));
            }
            cluster.start();
            ClusterTrial trial = new ClusterTrial(cluster, new Random(), this::tell);
            for (int i = 0; i < NODES; i++) {
                ServerProcess upgraded = cluster.all().get(i);
                Path next = cluster.ear(i, TestEar.asBuilt(), "next");
                trial.run(
                        "node " + (i + 1) + " upgraded",
                        cluster.all().get((i + 1) % NODES),
                        scene -> upgrade(cluster, upgraded, next, scene));
                ServerProcess killed = cluster.all().get((i + 2) % NODES);
                trial.run("node " + ((i + 2) % NODES + 1) + " killed", upgraded, scene -> kill(killed, scene));
                cluster.startLater(killed);
                cluster.awaitAllServe();
            }
            trial.requireNothingWrong();
        }
    }

    private long[] upgrade(ClusterNodes cluster, ServerProcess node, Path next, ClusterFaults.Scene scene)
            throws Exception {
        node.redeploy(next);
        ClusterNodes.await("it leaves", () -> cluster.health(node) != ClusterNodes.OK);
        ClusterNodes.await("it serves", () -> cluster.health(node) == ClusterNodes.OK);
        long[] back = scene.load().slowest();
        assertThat(back).as("calls that were answered").hasSize(ClusterLoad.ACTORS);
        return back;
    }

    private static long[] kill(ServerProcess node, ClusterFaults.Scene scene) throws Exception {
        node.kill();
        scene.load().harmed();
        return scene.load().awaitAllBack();
    }

    private void tell(String line) {
        System.out.println("upgrade: " + line);
        Report.write("cluster-upgrade", figures.append(line).append('\n').toString());
    }
}
