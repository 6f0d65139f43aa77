package org.thespis.cluster.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.thespis.cluster.jgroups.Discovery;
import org.thespis.cluster.jgroups.JGroupsSettings;
import org.thespis.cluster.jgroups.NodeKey;
import org.thespis.runtime.jndi.JndiSettings;

/** Reads {@code thespis/cluster-*}. Used on a managed thread. */
final class ClusterSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 7800;
    private static final Duration DETECTION = Duration.ofSeconds(10);
    private static final Duration MIN_DETECTION = Duration.ofSeconds(1);
    private static final int END_OF_PORTS = 65_535;

    private ClusterSettings() {}

    /** @throws IllegalArgumentException if a setting has a value that it cannot have */
    static JGroupsSettings read(String cluster, JndiSettings jndi, DataSource shared) {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("thespis/cluster must be the name of a cluster, was blank");
        }
        int port = jndi.integer("cluster-port", PORT);
        requirePort("cluster-port", port);
        Duration detection = jndi.duration("cluster-detection-millis", DETECTION);
        if (detection.compareTo(MIN_DETECTION) < 0) {
            throw new IllegalArgumentException(
                    "thespis/cluster-detection-millis must be 1000 or more, was " + detection);
        }
        return new JGroupsSettings(cluster, bind(jndi), port, discovery(jndi, shared, port), key(jndi), detection);
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > END_OF_PORTS) {
            throw new IllegalArgumentException("thespis/" + name + " must be a port of 1 to 65535, was " + port);
        }
    }

    private static InetAddress bind(JndiSettings jndi) {
        String text = jndi.text("cluster-bind-address", LOOPBACK).trim();
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("thespis/cluster-bind-address must be an address, was " + text, e);
        }
    }

    private static Discovery discovery(JndiSettings jndi, DataSource shared, int port) {
        String how = jndi.text("cluster-discovery", "database").trim();
        return switch (how) {
            case "database" -> new Discovery.Database(shared);
            case "hosts" -> new Discovery.Hosts(hosts(jndi, port));
            case "dns" -> name(hosts(jndi, port));
            default -> throw new IllegalArgumentException(
                    "thespis/cluster-discovery must be database, hosts or dns, was " + how);
        };
    }

    private static Discovery name(List<InetSocketAddress> hosts) {
        if (hosts.size() != 1) {
            throw new IllegalArgumentException("thespis/cluster-hosts must be one name for dns, were " + hosts.size());
        }
        return new Discovery.Name(hosts.get(0).getHostString(), hosts.get(0).getPort());
    }

    private static List<InetSocketAddress> hosts(JndiSettings jndi, int byDefault) {
        String text = jndi.text("cluster-hosts", "").trim();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("thespis/cluster-hosts must name nodes for this cluster-discovery");
        }
        return Arrays.stream(text.split("[,\\s]+"))
                .map(host -> host(host, byDefault))
                .toList();
    }

    private static InetSocketAddress host(String text, int byDefault) {
        int colon = text.lastIndexOf(':');
        try {
            int port = colon < 0 ? byDefault : Integer.parseInt(text.substring(colon + 1));
            requirePort("cluster-hosts", port);
            return new InetSocketAddress(colon < 0 ? text : text.substring(0, colon), port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("thespis/cluster-hosts must be host:port, was " + text, e);
        }
    }

    private static SSLContext key(JndiSettings jndi) {
        String file = jndi.text("cluster-key-store", "").trim();
        if (file.isEmpty()) {
            throw new IllegalArgumentException(
                    "thespis/cluster-key-store must name the file with the key of the node: lines are never open");
        }
        try {
            return NodeKey.read(
                    Path.of(file), jndi.secret("cluster-key-store-password").toCharArray());
        } catch (IOException e) {
            throw new IllegalArgumentException("thespis/cluster-key-store cannot be used: " + file, e);
        }
    }
}
