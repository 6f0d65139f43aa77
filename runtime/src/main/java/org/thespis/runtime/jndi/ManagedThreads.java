package org.thespis.runtime.jndi;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's managed executors (Jakarta Concurrency), looked up on a managed thread of the component that uses them. Not
 * injected: on Payara a redeployment was seen to fail as it set a field of the class of the deployment before.
 */
public final class ManagedThreads {

    /** Threads of a pool unless set otherwise. */
    private static final int DEFAULT_MAX_THREADS = 32;

    private static final int MAX_WAITING = 10_000;

    private static final String WILDFLY = "org.jboss.";

    private ManagedThreads() {}

    /**
     * A pool of managed threads, to be shut down by who asked for it. Not the server's default executor: that of Payara runs
     * one task at a time, so that one action that blocks would hold up all others. All threads are started here: on Payara one
     * that is started from a foreign thread, such as that of {@code CompletableFuture.delayedExecutor}, may take over the
     * context of an application that is gone, and then runs nothing.
     *
     * <p>The setting {@code max-threads} says how many; further tasks wait, and are rejected when {@value #MAX_WAITING} wait.
     */
    public static ExecutorService pool(JndiSettings jndi) {
        return pool(jndi.integer("max-threads", DEFAULT_MAX_THREADS));
    }

    /** The same with a fixed number of threads. */
    public static ExecutorService pool(int threads) {
        ManagedThreadFactory factory = factory();
        return factory.getClass().getName().startsWith(WILDFLY)
                ? new LifoThreadPool(threads, MAX_WAITING, factory)
                : fair(threads, factory);
    }

    /**
     * One that wakes the thread that has waited longest. On Payara it is not the one that was busy last: what that one is handed it does
     * so soon that requests were completed while the thread that had begun them had steps to go, and then shared their objects.
     */
    private static ExecutorService fair(int threads, ManagedThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), factory);
        pool.prestartAllCoreThreads();
        return pool;
    }

    public static ManagedScheduledExecutorService timer() {
        return lookup("java:comp/DefaultManagedScheduledExecutorService");
    }

    public static ManagedThreadFactory factory() {
        return lookup("java:comp/DefaultManagedThreadFactory");
    }

    private static <T> T lookup(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }
}
