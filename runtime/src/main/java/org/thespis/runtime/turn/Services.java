package org.thespis.runtime.turn;

import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.settings.ActorSettings;

/**
 * What actors share: all of them, but for the settings, which are of one type and may change, and the dispatcher, which may be. Any
 * thread.
 */
public final class Services {

    private final Values values;
    private final Verification verification;
    private final Dispatcher dispatcher;
    private final EventSink sink;
    private final Time time;
    private volatile ActorSettings settings;

    /**
     * @param verification reads back what is written of states
     * @param dispatcher runs turns that may not or could not run where they came
     * @param sink takes what actors send
     * @param time what plans, time limits and sleep go by
     */
    public Services(
            Values values,
            Verification verification,
            Dispatcher dispatcher,
            ActorSettings settings,
            EventSink sink,
            Time time) {
        this.values = values;
        this.verification = verification;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.sink = sink instanceof GuardedSink ? sink : new GuardedSink(sink);
        this.time = time;
    }

    /** The same with other settings, and a dispatcher of its own unless that is null. */
    public Services with(ActorSettings others, Dispatcher own) {
        return new Services(values, verification, own == null ? dispatcher : own, others, sink, time);
    }

    public Values values() {
        return values;
    }

    public Verification verification() {
        return verification;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public EventSink sink() {
        return sink;
    }

    public Time time() {
        return time;
    }

    /** What counts now: who reads it twice may find two. */
    public ActorSettings settings() {
        return settings;
    }

    /** Others count from now on. */
    public void settings(ActorSettings others) {
        settings = others;
    }
}
