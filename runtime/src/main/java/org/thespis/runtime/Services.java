package org.thespis.runtime;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.thespis.api.spi.StateStore;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.EventSink;

/**
 * What all actors share.
 *
 * @param executor runs turns that could not run at once
 * @param clock for what is planned by the calendar
 * @param nanoTime a clock like {@link System#nanoTime}
 */
record Services(
        ActorBeans beans,
        Values values,
        Executor executor,
        ActorSettings settings,
        StateStore store,
        CommitQueue commits,
        EventSink sink,
        LongSupplier nanoTime,
        Clock clock) {}
