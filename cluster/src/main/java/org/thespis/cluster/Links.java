package org.thespis.cluster;

/** The lines between the nodes of a cluster, and who is in it. */
public interface Links extends AutoCloseable {

    /** What the lines bring. Neither method blocks for long, or throws. */
    interface Listener {

        /** Another view, in the same order on all its nodes. One thread at a time. */
        void members(Members members);

        /** A frame, in the order in which its sender sent it. One thread at a time for each sender. */
        void received(String from, byte[] frame);
    }

    /** The name of this node, unique in the cluster and never used again after it has left. */
    String self();

    /** Where a member listens, for people to read; its name if that is not known. */
    String address(String node);

    /** Joins the cluster. Blocks until the first view was told. */
    void start(Listener listener);

    /**
     * Sends a frame to a node; one for who is not in the view is lost. May block while the receiver does not read. One thread
     * at a time for each node.
     */
    void send(String node, byte[] frame) throws InterruptedException;

    /** Leaves the cluster. */
    @Override
    void close();
}
