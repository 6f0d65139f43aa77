package org.thespis.cluster;

import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;

/** The clients of this node: of its gateway, and inside it. Both come later. Any thread. */
final class HereSinks {

    private static final EventSink NOBODY = output -> {};

    private volatile EventSink gateway = NOBODY;
    private volatile EventSink inside = NOBODY;

    void gateway(EventSink sink) {
        gateway = sink;
    }

    void inside(EventSink sink) {
        inside = sink;
    }

    void deliver(Output output) {
        handOver(output).run();
    }

    /**
     * Hands over what is for clients of one of the two: an event of another node is.
     *
     * @return see {@link EventSink#handOver}
     */
    Runnable handOver(Output output) {
        String one = output instanceof Output.ToOne toOne
                ? toOne.clientId()
                : ((Output.Event) output).receivers().get(0);
        return (InsideIds.isInside(one) ? inside : gateway).handOver(output);
    }
}
