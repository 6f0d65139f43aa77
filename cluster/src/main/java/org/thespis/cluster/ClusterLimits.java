package org.thespis.cluster;

import java.time.Duration;

/**
 * Bounds of one node of a cluster.
 *
 * @param handOverGrace what an actor has to come to its end before it moves to another node; 10 seconds by default
 * @param holdTimeout how long a command waits for an actor that moves; then it is refused as not run; 30 seconds by default
 * @param questionTimeout how long a creation or destruction on another node is waited for; 40 seconds by default, more than a
 *     creation takes by default
 * @param leaseTime after so long the lease of a part of the cluster that was cut off is free; 10 seconds by default
 * @param maxHeld commands that wait for actors that move; 10,000 by default
 * @param maxArrived commands that came and are not handed to their actors yet; 10,000 by default
 * @param maxOutboxBytes what may wait for one node; 64 MiB by default
 */
public record ClusterLimits(
        Duration handOverGrace,
        Duration holdTimeout,
        Duration questionTimeout,
        Duration leaseTime,
        int maxHeld,
        int maxArrived,
        long maxOutboxBytes) {

    private static final Duration TEN = Duration.ofSeconds(10);

    public static ClusterLimits defaults() {
        return new ClusterLimits(TEN, Duration.ofSeconds(30), Duration.ofSeconds(40), TEN, 10_000, 10_000, 64L << 20);
    }
}
