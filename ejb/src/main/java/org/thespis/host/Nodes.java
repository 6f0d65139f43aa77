package org.thespis.host;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.jndi.ClusterProvider;
import org.thespis.runtime.jndi.JndiSettings;

/** Makes this node one of several, if the installation names a cluster. Used on a managed thread. */
final class Nodes {

    private Nodes() {}

    /**
     * Empty if no cluster is named: then nothing of it is loaded.
     *
     * @param threads for it alone, asked for only then; see {@link ClusterProvider.Parts}
     * @throws IllegalArgumentException if a setting has a value that it cannot have
     * @throws IllegalStateException if the application has no cluster library, or the server no database
     */
    static Optional<ClusterNode> node(JndiSettings jndi, ActorSystem system, Supplier<Executor> threads) {
        String name = jndi.text("cluster", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        DataSource shared = Stores.shared(jndi)
                .orElseThrow(
                        () -> new IllegalStateException("thespis/cluster needs a data source that all nodes share"));
        ClusterProvider provider = ClusterProvider.find()
                .orElseThrow(() -> new IllegalStateException(
                        "thespis/cluster is set, and the application has no thespis-cluster in its libraries"));
        return Optional.of(provider.node(name, jndi, new ClusterProvider.Parts(system, shared, threads.get())));
    }
}
