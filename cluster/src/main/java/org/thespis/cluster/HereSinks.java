package org.thespis.cluster;

import java.util.List;
import java.util.function.Supplier;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;

/** The clients of this node: of its gateway, and inside it. Both come later. Any thread. */
final class HereSinks {

    private static final EventSink NOBODY = output -> {};

    private volatile EventSink gateway = NOBODY;
    private volatile EventSink inside = NOBODY;

    /** Whatever sink there is then. */
    EventSink ofGateway() {
        return new Present(() -> gateway);
    }

    EventSink ofInside() {
        return new Present(() -> inside);
    }

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

    private record Present(Supplier<EventSink> sink) implements EventSink {

        @Override
        public void deliver(Output output) {
            sink.get().deliver(output);
        }

        @Override
        public Runnable handOver(Output output) {
            return sink.get().handOver(output);
        }

        @Override
        public Runnable prepare(List<Output> outputs) {
            return sink.get().prepare(outputs);
        }
    }
}
