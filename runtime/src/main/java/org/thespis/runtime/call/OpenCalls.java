package org.thespis.runtime.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The calls of one actor that are owed an answer: waiting, running, or completing later. Any thread. */
final class OpenCalls {

    private PendingCall first; // guarded by this
    private volatile boolean empty = true;

    boolean isEmpty() {
        return empty;
    }

    synchronized void add(PendingCall call) {
        call.following = first;
        if (first != null) {
            first.previous = call;
        }
        first = call;
        call.listed = true;
        empty = false;
    }

    synchronized void remove(PendingCall call) {
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
        empty = first == null;
    }

    /** Those that match, the oldest first. */
    synchronized List<PendingCall> find(Predicate<PendingCall> which) {
        List<PendingCall> found = new ArrayList<>(2);
        for (PendingCall call = first; call != null; call = call.following) {
            if (which.test(call)) {
                found.add(0, call);
            }
        }
        return found;
    }
}
