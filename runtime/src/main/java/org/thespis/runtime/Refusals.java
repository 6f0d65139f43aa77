package org.thespis.runtime;

import java.util.List;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;

/** What clients are told instead of the output of turns whose state was lost. */
final class Refusals {

    private Refusals() {}

    /** Delivers no answer as it was and no event; failures and closes stand. Any thread. */
    static void deliver(List<Output> outputs, ActorError error, ActorInstance actor) {
        EventSink sink = actor.services().sink();
        for (Output output : outputs) {
            if (output instanceof Output.Failed || output instanceof Output.Closed) {
                sink.deliver(output);
            } else if (output instanceof Output.Reply reply) {
                sink.deliver(new Output.Failed(reply.clientId(), reply.requestId(), error, actor.origin()));
            } else if (output instanceof Output.Responded responded) {
                sink.deliver(new Output.Failed(responded.clientId(), 0L, error, actor.origin()));
            } else if (output instanceof Output.Opened opened) {
                sink.deliver(new Output.Failed(opened.clientId(), null, error, null));
                sink.deliver(new Output.Closed(opened.clientId(), Connector.REFUSED, error.reason()));
            }
        }
    }
}
