package org.thespis.runtime.message;

import java.util.List;

/** Takes what actors send; implemented by the gateway. No method blocks or throws; unknown clients are ignored. */
@FunctionalInterface
public interface EventSink {

    /** Hands one output over to its clients. Any thread. */
    void deliver(Output output);

    /**
     * Puts one output behind all that its clients were handed before. Any thread.
     *
     * @return what is left to do for it to be written, which may take long; once, in any thread, in no order with others
     */
    default Runnable handOver(Output output) {
        deliver(output);
        return () -> {};
    }

    /**
     * Does now, in the turn that the outputs come from, whatever depends on an author's values: encodes them for their
     * clients. What cannot be encoded becomes an error for the client that was to get it.
     *
     * @return hands over to the lines what was prepared, in order; run once, or never; in any thread, such as that which
     *     writes states, so it does nothing that takes long
     */
    default Runnable prepare(List<Output> outputs) {
        return () -> outputs.forEach(this::deliver);
    }
}
