package org.thespis.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.thespis.cluster.wire.Message;

/**
 * What a node that leaves in order sends last: a view without it may come before its last answers, so it goes when the others have
 * those. Any thread.
 */
final class LastWords {

    private final Lines lines;
    private final Set<String> unheard = new HashSet<>(); // nodes; guarded by this

    LastWords(Lines lines) {
        this.lines = lines;
    }

    /** Returns when all these nodes have what was sent to them, are gone, or that takes longer. */
    void say(Set<String> nodes, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        synchronized (this) {
            unheard.addAll(nodes);
        }
        lines.sendToAll(new Message.Ending(false));
        synchronized (this) {
            long left = millisTo(end);
            while (!unheard.isEmpty() && left > 0) {
                wait(left);
                left = millisTo(end);
            }
        }
    }

    private static long millisTo(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** A node has all that was sent, or is gone. */
    synchronized void heard(String node) {
        unheard.remove(node);
        notifyAll();
    }
}
