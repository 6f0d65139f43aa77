package org.thespis.runtime.message;

import java.util.ArrayList;
import java.util.List;

/** What clients are told in place of what they asked for. */
public final class Refusals {

    /** The server refuses to go on: RFC 6455, section 7.4.1. */
    public static final int REFUSED = 1011;

    private Refusals() {}

    /**
     * What is told to whom a command comes from that was not run. Nobody who leaves is told anything.
     *
     * @param origin the actor that refuses, or null
     */
    public static List<Output> of(Command command, ActorError error, Output.Origin origin) {
        String client = command.clientId();
        if (command instanceof Command.Call call) {
            return List.of(new Output.Failed(client, call.requestId(), error, origin));
        }
        if (command instanceof Command.CallOnce || command instanceof Command.Request) {
            return List.of(new Output.Failed(client, 0L, error, origin));
        }
        if (command instanceof Command.Subscribe) {
            return List.of(new Output.Failed(client, null, error, origin));
        }
        if (command instanceof Command.Disconnect
                || command instanceof Command.SocketClosed
                || command instanceof Command.Renew) { // its connection ends with the actor
            return List.of();
        }
        if (command instanceof Command.End end) { // which it is all the same
            return List.of(new Output.Closed(client, REFUSED, end.why().reason()));
        }
        return List.of(new Output.Closed(client, REFUSED, error.reason())); // it is no answer that is owed
    }

    /**
     * What is told in place of outputs whose state was lost: no answer as it was and no event; failures, closes and what was taken in stand.
     *
     * @param closeReason for connections that were not let in after all
     */
    public static List<Output> instead(
            List<Output> outputs, ActorError error, String closeReason, Output.Origin origin) {
        List<Output> told = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            if (output instanceof Output.Failed
                    || output instanceof Output.Closed
                    || output instanceof Output.SocketTaken) {
                told.add(output);
            } else if (output instanceof Output.Reply reply) {
                told.add(new Output.Failed(reply.clientId(), reply.requestId(), error, origin));
            } else if (output instanceof Output.Responded responded) {
                told.add(new Output.Failed(responded.clientId(), 0L, error, origin));
            } else if (output instanceof Output.Asked asked) {
                told.add(new Output.Failed(asked.clientId(), 0L, error, origin));
            } else if (output instanceof Output.Opened opened) {
                told.add(new Output.Failed(opened.clientId(), null, error, null));
                told.add(new Output.Closed(opened.clientId(), REFUSED, closeReason));
            }
        }
        return told;
    }
}
