package org.thespis.gateway.admission;

/** What one WebSocket or HTTP request has in use, from its begin to its end; then all is given back. Any thread. */
public final class Place implements AutoCloseable {

    static final String WHOSE = "this connection";

    private final ClientQuota client;
    private final Allowance allowance;
    private final Rate messages;
    private long bytes; // guarded by this
    private boolean closed; // guarded by this

    Place(ClientQuota client, Allowance allowance, long now) {
        this.client = client;
        this.allowance = allowance;
        this.messages = Quota.messages(allowance, now);
    }

    /**
     * Counts a message that has come.
     *
     * @throws org.thespis.runtime.message.ActorException {@code guard.too_many_requests}
     */
    public void message() {
        client.message(messages);
    }

    /**
     * Counts bytes that are on their way from now on. After the end nothing is counted.
     *
     * @throws org.thespis.runtime.message.ActorException {@code guard.too_many_bytes}; then they are not counted
     */
    public synchronized void take(long count) {
        if (closed) {
            return;
        }
        if (bytes + count > allowance.bytes()) {
            throw GatewayErrors.tooManyBytes(WHOSE);
        }
        client.take(count);
        bytes += count;
    }

    /** Bytes that were counted are gone. */
    public synchronized void give(long count) {
        if (!closed) {
            client.give(count);
            bytes -= count;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            client.give(bytes);
            client.disconnect();
        }
    }
}
