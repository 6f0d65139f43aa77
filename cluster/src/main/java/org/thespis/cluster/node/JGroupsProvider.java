package org.thespis.cluster.node;

import org.thespis.cluster.ClusterLimits;
import org.thespis.cluster.ClusterRelay;
import org.thespis.cluster.jdbc.JdbcLease;
import org.thespis.cluster.jgroups.JGroupsLinks;
import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.jndi.ClusterProvider;
import org.thespis.runtime.jndi.JndiSettings;

/** Nodes with lines of JGroups. */
public final class JGroupsProvider implements ClusterProvider {

    @Override
    public ClusterNode node(String name, JndiSettings jndi, Parts parts) {
        JdbcLease lease = new JdbcLease(parts.shared(), name);
        JGroupsLinks links = new JGroupsLinks(ClusterSettings.read(name, jndi, parts.shared()));
        lease.prepare();
        return new ClusterRelay(
                parts.system(), links, lease, parts.executor(), JGroupsProvider::thread, ClusterLimits.defaults());
    }

    /** As those of JGroups, it is none of the server's: nothing but the lines is its concern. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "thespis-line");
        thread.setDaemon(true);
        return thread;
    }
}
