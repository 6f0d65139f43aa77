package org.thespis.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a run is made.
 *
 * @param root of the project
 * @param servers {@code wildfly}, {@code payara}
 * @param only names of the workloads to run; empty for all
 * @param warmUp before each measurement, for each contender
 * @param slice length of one measurement
 * @param rounds measurements of each contender, taken in turns; see {@link Result}
 * @param brief whether only to see that everything works, with few connections and actors
 */
record Settings(
        Path root, List<String> servers, Set<String> only, Duration warmUp, Duration slice, int rounds, boolean brief) {

    /** The settings for measuring. */
    static Settings full(Path root, List<String> servers, Set<String> only) {
        return new Settings(root, servers, only, Duration.ofSeconds(4), Duration.ofSeconds(1), 11, false);
    }

    /** The settings for seeing that the benchmark works. */
    static Settings brief(Path root, List<String> servers, Set<String> only) {
        return new Settings(root, servers, only, Duration.ofMillis(200), Duration.ofMillis(200), 1, true);
    }

    boolean wants(String workload) {
        return only.isEmpty() || only.contains(workload);
    }

    /** A number of connections or actors. */
    int many(int full) {
        return brief ? Math.max(2, full / 500) : full;
    }
}
