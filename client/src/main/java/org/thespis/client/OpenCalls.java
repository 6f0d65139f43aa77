package org.thespis.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.thespis.protocol.Frame;

/** The calls of one connection that have no answer yet, in order. Used under the lock of the connection. */
final class OpenCalls {

    /** One of them. */
    static final class OpenCall {

        private final long id;
        private final Frame frame;
        private final long begun = System.nanoTime();
        private final Answer<Object> answer;
        private boolean sent;

        OpenCall(long id, Frame frame, Answer<Object> answer) {
            this.id = id;
            this.frame = frame;
            this.answer = answer;
        }

        Answer<Object> answer() {
            return answer;
        }
    }

    private final ClientBounds bounds;
    private final Map<Long, OpenCall> calls = new LinkedHashMap<>();
    private long bytes;

    OpenCalls(ClientBounds bounds) {
        this.bounds = bounds;
    }

    /** Whether there is room for it. */
    boolean add(OpenCall call) {
        if (calls.size() >= bounds.calls() || bytes + call.frame.size() > bounds.callBytes()) {
            return false;
        }
        calls.put(call.id, call);
        bytes += call.frame.size();
        return true;
    }

    /** The call of that id, which is answered; null if there is none. */
    OpenCall remove(long id) {
        OpenCall call = calls.remove(id);
        if (call != null) {
            bytes -= call.frame.size();
        }
        return call;
    }

    /** Hands all that have not left to a line, in order. */
    void send(Line line) {
        for (OpenCall call : calls.values()) {
            if (!call.sent) {
                send(call, line);
            }
        }
    }

    void send(OpenCall call, Line line) {
        call.sent = true;
        line.queue(call.frame);
    }

    /** Those that had left, which no answer will come for. */
    List<OpenCall> takeSent() {
        return take(call -> call.sent);
    }

    List<OpenCall> takeAll() {
        return take(call -> true);
    }

    /** Those that have waited longer than that. */
    List<OpenCall> takeOlder(long nowNanos, long maxNanos) {
        List<OpenCall> taken = new ArrayList<>(0);
        Iterator<OpenCall> inOrder = calls.values().iterator();
        while (inOrder.hasNext()) {
            OpenCall call = inOrder.next();
            if (nowNanos - call.begun <= maxNanos) {
                break; // all have the same time
            }
            inOrder.remove();
            bytes -= call.frame.size();
            taken.add(call);
        }
        return taken;
    }

    private List<OpenCall> take(Predicate<OpenCall> which) {
        List<OpenCall> taken = new ArrayList<>(calls.values());
        taken.removeIf(which.negate());
        taken.forEach(call -> remove(call.id));
        return taken;
    }
}
