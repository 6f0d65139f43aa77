package org.thespis.runtime.jndi;

import java.util.List;
import org.thespis.runtime.Relay;

/** This node as one of several: the way to all actors, wherever they live. Any thread. */
public interface ClusterNode extends Relay, AutoCloseable {

    /**
     * Joins the others, or waits for them as the first. Blocks until this node is in: from then on actors live here.
     *
     * @throws IllegalStateException if it cannot be part of the cluster
     */
    void start();

    /** The addresses of the nodes that are together now, this one included, for people to read. */
    List<String> nodes();

    /** Looks after what waits. To be called some ten times a second by one timer; nothing of an author's runs here. */
    void tick();

    /** Leaves. Its actors are to be stopped before. */
    @Override
    void close();
}
