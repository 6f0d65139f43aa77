package org.thespis.cluster;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the arbiter alone: whatever else this node does and waits for, its beat comes in time. One asks the database; a
 * second one tells what follows while that hangs. Any thread.
 */
final class LeaseThreads implements Executor {

    private static final int MOST = 2;
    private static final long IDLE_SECONDS = 30; // longer than from one look to the next

    private final ThreadPoolExecutor pool;

    /** @param threads makes one when it is needed */
    LeaseThreads(ThreadFactory threads) {
        pool = new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = threads.newThread(task);
            thread.setName("thespis-lease");
            return thread;
        });
    }

    /** @throws java.util.concurrent.RejectedExecutionException if both hang, or this is closed */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    void close() {
        pool.shutdownNow();
    }
}
