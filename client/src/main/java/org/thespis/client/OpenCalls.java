package org.thespis.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.Frame;

/**
 * The calls of one connection that have no answer yet, in order. Those with a key that were on a line which was lost leave again
 * on the next one, in their order and before all others. Used under the lock of the connection.
 */
final class OpenCalls {

    /**
     * Calls with a key that may be on their way at a time: as many as the server remembers of one caller, so that it knows each
     * of them again, whatever the others have done since.
     */
    static final int MAX_KEYED_ON_THEIR_WAY = 100;

    /** Until it is asked again for a call that still runs. */
    private static final long RUNNING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** The line of the connection, as calls need it. */
    interface Outlet {

        /** Whether the server knows calls again by their keys. */
        boolean takesKeys();

        void queue(Frame frame);
    }

    /** One of them. */
    static final class OpenCall {

        private enum State {
            WAITING,
            ON_ITS_WAY,
            /** The server has said that it runs, as it came on an earlier line. */
            RUNNING
        }

        private final ActionRequest request;
        private final Frame frame;
        private final ClientCodec codec;
        private final long begun = System.nanoTime();
        private final Answer<Object> answer;
        private State state = State.WAITING;
        private boolean leftKeyed;
        private long askAgain; // while it is running

        /** @throws org.thespis.protocol.UnencodableException if its arguments have no form */
        OpenCall(ActionRequest request, ClientCodec codec, Answer<Object> answer) {
            this.request = request;
            this.frame = codec.encode(request);
            this.codec = codec;
            this.answer = answer;
        }

        Answer<Object> answer() {
            return answer;
        }

        private long id() {
            return request.id();
        }

        private int size() {
            return frame.size();
        }

        private boolean hasKey() {
            return request.key() != null;
        }

        /** For a line that takes no keys. */
        private Frame withoutKey() {
            return hasKey()
                    ? codec.encode(new ActionRequest(request.id(), request.name(), request.arguments()))
                    : frame;
        }
    }

    private final ClientBounds bounds;
    private final Map<Long, OpenCall> calls = new LinkedHashMap<>();
    private final Deque<OpenCall> waiting = new ArrayDeque<>(4); // in order; some may have no place in calls any more
    private long bytes;
    private int keyedOnTheirWay; // running ones included

    OpenCalls(ClientBounds bounds) {
        this.bounds = bounds;
    }

    /** Whether there is room for it. */
    boolean add(OpenCall call) {
        if (calls.size() >= bounds.calls() || bytes + call.size() > bounds.callBytes()) {
            return false;
        }
        calls.put(call.id(), call);
        waiting.add(call);
        bytes += call.size();
        return true;
    }

    /** The call of that id, which is answered; null if there is none, or if it has not left: nobody can know its answer. */
    OpenCall answered(long id) {
        OpenCall call = calls.get(id);
        if (call == null || call.state == OpenCall.State.WAITING) {
            return null;
        }
        remove(call);
        return call;
    }

    private void remove(OpenCall call) {
        calls.remove(call.id());
        removed(call);
    }

    private void removed(OpenCall call) {
        bytes -= call.size();
        if (call.state != OpenCall.State.WAITING && call.leftKeyed) {
            keyedOnTheirWay--;
        }
    }

    /** Hands those that have not left to a line, in order, as many as may; whether any does. */
    boolean send(Outlet line) {
        boolean any = false;
        for (OpenCall next = waiting.peek(); next != null && mayLeave(next, line); next = waiting.peek()) {
            waiting.remove();
            if (calls.containsKey(next.id())) {
                leave(next, line);
                any = true;
            }
        }
        return any;
    }

    private boolean mayLeave(OpenCall call, Outlet line) {
        return !isKeyed(call, line) || keyedOnTheirWay < MAX_KEYED_ON_THEIR_WAY;
    }

    private static boolean isKeyed(OpenCall call, Outlet line) {
        return call.hasKey() && line.takesKeys();
    }

    private void leave(OpenCall call, Outlet line) {
        call.state = OpenCall.State.ON_ITS_WAY;
        call.leftKeyed = isKeyed(call, line);
        if (call.leftKeyed) {
            keyedOnTheirWay++;
        }
        line.queue(call.leftKeyed ? call.frame : call.withoutKey());
    }

    /** The server says that a call still runs, which came on an earlier line; false if it has no key, or is none of these. */
    boolean runs(long id, long nowNanos) {
        OpenCall call = calls.get(id);
        if (call == null || !call.leftKeyed) {
            return false;
        }
        call.state = OpenCall.State.RUNNING;
        call.askAgain = nowNanos + RUNNING_NANOS;
        return true;
    }

    /** Asks again for those that ran; whether there are any. */
    boolean sendAgain(Outlet line, long nowNanos) {
        boolean any = false;
        if (keyedOnTheirWay == 0) {
            return any;
        }
        for (OpenCall call : calls.values()) {
            if (call.state == OpenCall.State.RUNNING && nowNanos - call.askAgain >= 0) {
                call.state = OpenCall.State.ON_ITS_WAY;
                line.queue(call.frame);
                any = true;
            }
        }
        return any;
    }

    /** The line is lost: those that had left and cannot be asked for again, which no answer will come for. */
    List<OpenCall> takeLost() {
        List<OpenCall> lost = take(call -> call.state != OpenCall.State.WAITING && !call.leftKeyed);
        waiting.clear();
        calls.values().forEach(call -> call.state = OpenCall.State.WAITING);
        waiting.addAll(calls.values());
        keyedOnTheirWay = 0;
        return lost;
    }

    /** Those that had left, on this line or an earlier one. */
    List<OpenCall> takeSent() {
        return take(call -> call.state != OpenCall.State.WAITING || call.leftKeyed);
    }

    /** Those that may have run, and were on a line that was lost. */
    List<OpenCall> takeUnaskable() {
        return take(call -> call.leftKeyed);
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
            removed(call);
            taken.add(call);
        }
        forgetTaken();
        return taken;
    }

    private List<OpenCall> take(Predicate<OpenCall> which) {
        List<OpenCall> taken = new ArrayList<>(calls.values());
        taken.removeIf(which.negate());
        taken.forEach(this::remove);
        forgetTaken();
        return taken;
    }

    /** The oldest are taken first. */
    private void forgetTaken() {
        while (!waiting.isEmpty() && !calls.containsKey(waiting.peek().id())) {
            waiting.remove();
        }
    }
}
