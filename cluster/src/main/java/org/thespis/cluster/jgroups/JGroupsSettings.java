package org.thespis.cluster.jgroups;

import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How a node is part of a cluster.
 *
 * @param cluster its name; who is of another one is not let in
 * @param bind the address that the others reach this node by
 * @param port which it listens on; no other is tried
 * @param tls for lines that are encrypted, and authenticated on both sides; see {@link NodeKey}
 * @param detection after so long without a sign of life a node is taken for dead; the end of its process is seen at once
 */
public record JGroupsSettings(
        String cluster, InetAddress bind, int port, Discovery discovery, SSLContext tls, Duration detection) {

    public JGroupsSettings {
        if (cluster.isBlank() || port < 1 || port > 65_535 || detection.toMillis() < 1_000) {
            throw new IllegalArgumentException(
                    "a cluster has a name and a port of 1 to 65535, and detects a dead node in a second or more");
        }
        java.util.Objects.requireNonNull(tls, "lines without TLS");
    }
}
