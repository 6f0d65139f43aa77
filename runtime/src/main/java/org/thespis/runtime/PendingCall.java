package org.thespis.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

/** A call that is owed one answer. */
final class PendingCall {

    private final String clientId;
    private final long requestId;
    private final long deadlineNanos;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile LiveConnection ending;
    private volatile String idempotencyKey;

    PendingCall(String clientId, long requestId, long deadlineNanos) {
        this.clientId = clientId;
        this.requestId = requestId;
        this.deadlineNanos = deadlineNanos;
    }

    String clientId() {
        return clientId;
    }

    long requestId() {
        return requestId;
    }

    void name(String key) {
        idempotencyKey = key;
    }

    /** The name that the caller gave the call, or null. */
    String idempotencyKey() {
        return idempotencyKey;
    }

    /** Says that a short-lived connection is to end with this call. */
    void endsWithAnswer(LiveConnection connection) {
        ending = connection;
    }

    LiveConnection ending() {
        return ending;
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0 && !answered.get();
    }

    /** True for the first who asks: only that one may answer. Any thread. */
    boolean claim() {
        return answered.compareAndSet(false, true);
    }

    boolean isAnswered() {
        return answered.get();
    }

    /** In place of the hash of the object, which the virtual machine must be asked for: a call is in one set only. */
    @Override
    public int hashCode() {
        return 31 * clientId.hashCode() + Long.hashCode(requestId);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
