package org.thespis.cluster.jgroups;

import java.net.InetSocketAddress;
import java.util.List;
import javax.sql.DataSource;

/** How a node finds the others. */
public sealed interface Discovery {

    /** By a list that some node of the cluster is always in. */
    record Hosts(List<InetSocketAddress> addresses) implements Discovery {

        public Hosts {
            addresses = List.copyOf(addresses);
        }
    }

    /** By all addresses of a name, as Kubernetes gives those of a headless service; each time anew. */
    record Name(String host, int port) implements Discovery {}

    /** By a table of the shared database, {@code jgroups}, which is made if need be. */
    record Database(DataSource dataSource) implements Discovery {}
}
