package org.thespis.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.thespis.test.ServerProcess.Installation;

/**
 * A node of WildFly and one of Payara in one cluster, each of which is harmed under load while clients are at the other one. On WildFly,
 * with {@code -Dcluster.payara.home} for a Payara that was unpacked.
 */
@EnabledIfSystemProperty(
        named = "cluster.payara.home",
        matches = ".+",
        disabledReason = "needs a Payara beside the WildFly")
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly", disabledReason = "is run on WildFly")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ClusterMixedIT {

    private static final String DETECTION = "10s";
    private static final int ROUNDS = Integer.getInteger("cluster.rounds", 2);

    private final StringBuilder figures = new StringBuilder();

    @Test
    void nothingIsLostWhicheverServerFails() throws Exception {
        ClusterNodes cluster = new ClusterNodes(DETECTION);
        try (cluster) {
            cluster.add(Installation.own(0), Map.of(), TestEar.asBuilt());
            Installation payara = new Installation("payara", Path.of(System.getProperty("cluster.payara.home")));
            cluster.add(payara.copy(9), Map.of(), TestEar.asBuilt());
            cluster.start();
            Random random = new Random();
            ClusterFaults faults = new ClusterFaults(random, cluster);
            ClusterTrial trial = new ClusterTrial(cluster, random, this::tell);
            List<String> names = List.of("WildFly", "Payara");
            for (int round = 0; round < ROUNDS; round++) {
                for (int harmed = 0; harmed < 2; harmed++) {
                    for (String kind : ClusterFaults.OF_ONE) {
                        ServerProcess asked = cluster.all().get(1 - harmed);
                        trial.run(names.get(harmed) + ": " + kind, asked, faults.of(kind));
                        faults.mend();
                        cluster.awaitAllServe();
                    }
                }
            }
            trial.requireNothingWrong();
        }
    }

    private void tell(String line) {
        System.out.println("mixed: " + line);
        Report.write("cluster-mixed", figures.append(line).append('\n').toString());
    }
}
