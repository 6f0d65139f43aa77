package org.thespis.runtime.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The calls of one actor that are owed an answer: waiting, running, or completing later. Any thread. The base of
 * {@link Calls}, as one object takes less memory than two.
 */
abstract class OpenCalls {

    private PendingCall first; // guarded by this
    private volatile int size; // changed only where it is guarded by this

    /** Whether no call is owed an answer. Any thread. */
    public final boolean isEmpty() {
        return size == 0;
    }

    final int open() {
        return size;
    }

    final synchronized void open(PendingCall call) {
        call.following = first;
        if (first != null) {
            first.previous = call;
        }
        first = call;
        call.listed = true;
        size++;
    }

    /** Nobody waits for its answer. */
    final synchronized void forget(PendingCall call) {
        if (!call.listed) {
            return;
        }
        call.listed = false;
        if (call.previous == null) {
            first = call.following;
        } else {
            call.previous.following = call.following;
        }
        if (call.following != null) {
            call.following.previous = call.previous;
        }
        call.previous = null;
        call.following = null;
        size--;
    }

    /** Those that match, the oldest first. */
    final synchronized List<PendingCall> find(Predicate<PendingCall> which) {
        List<PendingCall> found = new ArrayList<>(2);
        for (PendingCall call = first; call != null; call = call.following) {
            if (which.test(call)) {
                found.add(call);
            }
        }
        Collections.reverse(found);
        return found;
    }
}
