package org.thespis.gateway.admission;

import java.util.List;

/** What counts for one client: its user if it has one, its address, the node. Any thread. */
public final class ClientQuota {

    /** Bytes that are taken even when the heap is full. */
    private static final int SMALL = 4_096;

    private final Quotas quotas;
    private final List<Quota> all;

    ClientQuota(Quotas quotas, List<Quota> all) {
        this.quotas = quotas;
        this.all = all;
    }

    /** What counts here and did not before it was known who the client is. */
    public ClientQuota besides(ClientQuota before) {
        return new ClientQuota(
                quotas,
                all.stream().filter(quota -> !before.all.contains(quota)).toList());
    }

    /** Counts a new WebSocket, open or refused. */
    public void handshake() {
        long now = quotas.now();
        all.forEach(quota -> quota.handshake(now));
    }

    /** Counts a message or an HTTP request. */
    public void message() {
        message(quotas.now());
    }

    private void message(long now) {
        for (int i = 0; i < all.size(); i++) { // for each message: no iterator
            all.get(i).message(now);
        }
    }

    /** Counts an actor that is about to be created. */
    public void creation() {
        long now = quotas.now();
        all.forEach(quota -> quota.creation(now));
    }

    /**
     * Takes a place for a WebSocket or an HTTP request.
     *
     * @throws org.thespis.runtime.message.ActorException {@code guard.too_many_connections}
     */
    public Place connect() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).connect()) {
                all.subList(0, i).forEach(Quota::disconnect);
                throw GatewayErrors.tooManyConnections(all.get(i).whose);
            }
        }
        return new Place(this, quotas.ofConnection(), quotas.now());
    }

    void disconnect() {
        all.forEach(Quota::disconnect);
    }

    void take(long bytes) {
        if (bytes > SMALL && quotas.heap().isPressedNow()) {
            throw GatewayErrors.tooManyBytes("this server");
        }
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).take(bytes)) {
                all.subList(0, i).forEach(quota -> quota.give(bytes));
                throw GatewayErrors.tooManyBytes(all.get(i).whose);
            }
        }
    }

    void give(long bytes) {
        all.forEach(quota -> quota.give(bytes));
    }

    void message(Rate ofConnection) {
        long now = quotas.now();
        if (!ofConnection.take(now)) {
            throw GatewayErrors.tooManyRequests(Place.WHOSE);
        }
        message(now);
    }
}
