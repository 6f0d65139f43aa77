package org.thespis.runtime.turn;

import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.settings.ActorSettings;

/**
 * What all actors share.
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
        sink = new GuardedSink(sink);
    }
}
