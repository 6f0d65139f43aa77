package org.thespis.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import org.thespis.api.ActorReference.Blocking;
import org.thespis.protocol.value.Values;

/** Calls for which their thread waits. */
final class WaitingCalls implements Blocking {

    /** Begins a call. */
    @FunctionalInterface
    interface Calling {

        /** @throws org.thespis.api.ActorCallException if it is not taken in */
        void begin(String action, Answer<Object> answer, Object... arguments);
    }

    private final Values values;
    private final Lane lane;
    private final Calling calling;
    private final Duration timeout;

    /** @param lane from which nobody may wait; null if from anywhere */
    WaitingCalls(Values values, Lane lane, Calling calling, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time to wait must be positive, was " + timeout);
        }
        this.values = values;
        this.lane = lane;
        this.calling = calling;
        this.timeout = timeout;
    }

    @Override
    public Object call(Type result, String action, Object... arguments) {
        Objects.requireNonNull(result, "the type of the result");
        Objects.requireNonNull(action, "the name of the action");
        if (lane != null) {
            lane.requireElsewhere();
        }
        WaitingAnswer answer = new WaitingAnswer();
        calling.begin(action, answer, arguments);
        return Results.read(values, action, result, answer.await(timeout));
    }
}
