package org.thespis.runtime.turn;

import java.time.Clock;
import java.util.function.LongSupplier;
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
 * @param nanoTime a clock like {@link System#nanoTime}
 * @param clock for what is planned by the calendar
 */
public record Services(
        Values values,
        Verification verification,
        Dispatcher dispatcher,
        ActorSettings settings,
        EventSink sink,
        LongSupplier nanoTime,
        Clock clock) {}
