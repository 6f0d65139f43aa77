package org.thespis.packed;

import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.jndi.ClusterProvider;
import org.thespis.runtime.jndi.JndiSettings;

/** The one that servers see: takes {@code JGroupsProvider} and JGroups out of this jar. */
public final class PackedProvider implements ClusterProvider {

    private static final String PROVIDER = "org.thespis.cluster.node.JGroupsProvider";

    private final ClassLoader application;

    public PackedProvider() {
        this(PackedProvider.class.getClassLoader());
    }

    /** @param application has this jar */
    PackedProvider(ClassLoader application) {
        this.application = application;
    }

    @Override
    public ClusterNode node(String name, JndiSettings jndi, Parts parts) {
        return provider().node(name, jndi, parts);
    }

    /** @throws IllegalStateException if the jar is not as it was built */
    ClusterProvider provider() {
        try {
            return new PackedClasses(application)
                    .loadClass(PROVIDER)
                    .asSubclass(ClusterProvider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("thespis-cluster is not as it was built", e);
        }
    }
}
