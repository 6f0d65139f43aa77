package org.thespis.runtime.turn;

import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.settings.ActorSettings;

/**
 * What actors share: all of them, but for the settings, which are of one type, and so may the dispatcher be.
 *
 * @param verification reads back what is written of states
 * @param dispatcher runs turns that may not or could not run where they came
 * @param sink takes what actors send
 * @param time what plans, time limits and sleep go by
 */
public record Services(
        Values values,
        Verification verification,
        Dispatcher dispatcher,
        ActorSettings settings,
        EventSink sink,
        Time time) {

    public Services {
        sink = sink instanceof GuardedSink ? sink : new GuardedSink(sink);
    }

    /** The same with other settings, and a dispatcher of its own unless that is null. */
    public Services with(ActorSettings others, Dispatcher own) {
        return new Services(values, verification, own == null ? dispatcher : own, others, sink, time);
    }
}
