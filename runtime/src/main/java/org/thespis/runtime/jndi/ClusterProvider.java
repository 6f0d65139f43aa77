package org.thespis.runtime.jndi;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.thespis.runtime.ActorSystem;

/** Makes a node one of several. A library of the application has it, which is looked for only where a cluster is named. */
public interface ClusterProvider {

    /**
     * What a node is made of.
     *
     * @param shared the database that all nodes have
     * @param executor runs what may ask the store, or waits for a creation; never in the thread that brings it, and not in the
     *     threads for turns: those are what a creation needs
     */
    record Parts(ActorSystem system, DataSource shared, Executor executor) {}

    /**
     * Makes the node, which does not join yet. Called on a managed thread.
     *
     * @param name of the cluster
     * @param jndi says the rest: {@code cluster-*}
     * @throws IllegalArgumentException if a setting has a value that it cannot have
     */
    ClusterNode node(String name, JndiSettings jndi, Parts parts);

    /** That of the application. */
    static Optional<ClusterProvider> find() {
        return ServiceLoader.load(ClusterProvider.class, ClusterProvider.class.getClassLoader())
                .findFirst();
    }
}
