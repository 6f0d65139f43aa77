package org.thespis.gateway.admission;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one user, address or node has in use, of what it may. Any thread. */
final class Quota {

    /** A crowd comes back at once when its server was away. */
    private static final int BURST_OF_HANDSHAKES_SECONDS = 20;

    private static final int BURST_OF_MESSAGES_SECONDS = 5;

    final String whose;
    private final Allowance allowance;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Rate handshakes;
    private final Rate messages;
    private final Rate creations;

    /** @param whose for error texts, such as {@code this address} */
    Quota(String whose, Allowance allowance, long now) {
        long second = TimeUnit.SECONDS.toNanos(1);
        this.whose = whose;
        this.allowance = allowance;
        handshakes = new Rate(
                allowance.handshakes(), second, times(allowance.handshakes(), BURST_OF_HANDSHAKES_SECONDS), now);
        messages = messages(allowance, now);
        creations = new Rate(allowance.creations(), TimeUnit.MINUTES.toNanos(1), allowance.creations(), now);
    }

    static Rate messages(Allowance allowance, long now) {
        return new Rate(
                allowance.messages(),
                TimeUnit.SECONDS.toNanos(1),
                times(allowance.messages(), BURST_OF_MESSAGES_SECONDS),
                now);
    }

    private static int times(int count, int seconds) {
        return (int) Math.min(Integer.MAX_VALUE, (long) count * seconds);
    }

    void handshake(long now) {
        if (!handshakes.take(now)) {
            throw GatewayErrors.tooManyHandshakes(whose);
        }
    }

    void message(long now) {
        if (!messages.take(now)) {
            throw GatewayErrors.tooManyRequests(whose);
        }
    }

    void creation(long now) {
        if (!creations.take(now)) {
            throw GatewayErrors.tooManyCreations(whose);
        }
    }

    boolean connect() {
        if (connections.incrementAndGet() > allowance.connections()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void disconnect() {
        connections.decrementAndGet();
    }

    boolean take(long count) {
        if (bytes.addAndGet(count) > allowance.bytes()) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void give(long count) {
        bytes.addAndGet(-count);
    }

    int connections() {
        return connections.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether forgetting it changes nothing. */
    boolean isUnused(long now) {
        return connections.get() == 0
                && bytes.get() == 0
                && handshakes.isWhole(now)
                && messages.isWhole(now)
                && creations.isWhole(now);
    }
}
