package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;

/** Stands between the actors and what takes their output: what breaks there harms one output. Any thread. */
final class GuardedSink implements EventSink {

    private static final Logger LOG = System.getLogger(GuardedSink.class.getName());

    private final EventSink sink;

    GuardedSink(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public void deliver(Output output) {
        try {
            sink.deliver(output);
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "output could not be delivered", e);
        }
    }

    @Override
    public Runnable prepare(List<Output> outputs) {
        try {
            return sink.prepare(outputs);
        } catch (Throwable e) { // as memory that is not enough for one of them
            Throwables.log(LOG, Level.ERROR, "output could not be prepared", e);
        }
        List<Runnable> each = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            each.add(prepareOne(output));
        }
        return () -> each.forEach(Runnable::run);
    }

    private Runnable prepareOne(Output output) {
        try {
            return sink.prepare(List.of(output));
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "an output could not be prepared", e);
            return instead(output);
        }
    }

    /** An answer that is owed becomes an error; a message is lost; what holds nothing of an author's is tried again. */
    private Runnable instead(Output output) {
        if (output instanceof Output.Reply reply) {
            return () -> deliver(unencodable(reply.clientId(), reply.requestId()));
        }
        if (output instanceof Output.Responded responded) {
            return () -> deliver(unencodable(responded.clientId(), 0L));
        }
        if (output instanceof Output.Event || output instanceof Output.SocketSent) {
            return () -> {};
        }
        return () -> deliver(output);
    }

    private static Output unencodable(String client, long request) {
        return new Output.Failed(client, request, ActorError.unencodable("the answer"), null);
    }
}
