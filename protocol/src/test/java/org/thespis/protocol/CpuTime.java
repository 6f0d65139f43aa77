package org.thespis.protocol;

import java.lang.management.ManagementFactory;

/** What hostile input costs: in the time of the processor, as a machine may be busy with something else. */
public final class CpuTime {

    private CpuTime() {}

    /** That of this thread until now, in nanoseconds. */
    public static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
