package org.thespis.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Something that can be measured again and again for a while. */
interface Probe extends AutoCloseable {

    /**
     * What a while gave.
     *
     * @param perSecond answers, or events delivered
     * @param nanos time from sending to the answer, or to the last of the receivers
     */
    record Slice(double perSecond, Histogram nanos) {}

    Slice run(Duration time) throws Exception;

    @Override
    void close() throws Exception;

    static Histogram histogram() {
        return new Histogram(3);
    }
}
