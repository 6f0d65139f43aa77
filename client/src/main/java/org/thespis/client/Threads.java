package org.thespis.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that a client makes if it is given none. They are daemons, and end when there is nothing to do. */
final class Threads {

    private static final long KEEP_SECONDS = 5;
    private static final AtomicInteger LAST = new AtomicInteger();

    private Threads() {}

    /** What waits in it is bounded by who hands it over: connections, and calls. */
    static ExecutorService callbacks(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, KEEP_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("callback"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
        timer.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory named(String what) {
        return task -> {
            Thread thread = new Thread(task, "thespis-client-" + what + "-" + LAST.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
