package org.thespis.runtime;

import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;

/** Where the output of a node goes: to the gateway, and to who listens inside the server. Both come later. Any thread. */
final class Sinks implements EventSink {

    private static final EventSink NOBODY = output -> {};

    private volatile EventSink gateway = NOBODY;
    private volatile EventSink inside = NOBODY;

    void gateway(EventSink sink) {
        gateway = sink;
    }

    void inside(EventSink sink) {
        inside = sink;
    }

    @Override
    public void deliver(Output output) {
        prepare(List.of(output)).run();
    }

    @Override
    public Runnable prepare(List<Output> outputs) {
        if (!anyIsForInside(outputs)) { // as it is most of the time
            return gateway.prepare(outputs);
        }
        List<Runnable> prepared = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            prepared.add(prepare(output));
        }
        return () -> prepared.forEach(Runnable::run);
    }

    private static boolean anyIsForInside(List<Output> outputs) {
        for (Output output : outputs) {
            if (isForInside(output)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForInside(Output output) {
        return output instanceof Output.ToOne answer
                ? InsideIds.isInside(answer.clientId())
                : !InsideIds.among(((Output.Event) output).receivers()).isEmpty();
    }

    private Runnable prepare(Output output) {
        if (output instanceof Output.ToOne answer) {
            return (InsideIds.isInside(answer.clientId()) ? inside : gateway).prepare(List.of(output));
        }
        Output.Event event = (Output.Event) output;
        List<String> ids = InsideIds.among(event.receivers());
        if (ids.isEmpty()) {
            return gateway.prepare(List.of(output));
        }
        Runnable within = inside.prepare(List.of(new Output.Event(ids, event.name(), event.arguments())));
        if (ids.size() == event.receivers().size()) {
            return within;
        }
        Runnable without = gateway.prepare(List.of(output)); // which passes over whom it does not know
        return () -> {
            without.run();
            within.run();
        };
    }
}
