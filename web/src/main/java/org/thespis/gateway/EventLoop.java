package org.thespis.gateway;

import java.util.concurrent.Executor;

/**
 * Knows the threads of a server that read from sockets: what waits there holds up the clients of all of them. WildFly hands over
 * messages on such threads if its servlet container says so ({@code dispatch-to-worker=false}).
 */
final class EventLoop {

    /** Of XNIO, which Undertow reads with. By name: no other server has it. */
    private static final String XNIO = "org.xnio.XnioIoThread";

    private static final ClassValue<Boolean> LOOPS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> above = type; above != null; above = above.getSuperclass()) {
                if (above.getName().equals(XNIO)) {
                    return true;
                }
            }
            return false;
        }
    };

    private EventLoop() {}

    /** Whether this thread is one. */
    static boolean isHere() {
        return LOOPS.get(Thread.currentThread().getClass());
    }

    /** Has this thread do something as soon as it has handed over all that it has read; false if it is no loop. */
    static boolean later(Runnable task) {
        if (!isHere() || !(Thread.currentThread() instanceof Executor loop)) { // as XNIO's are
            return false;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RuntimeException e) { // the server stops
            return false;
        }
    }
}
