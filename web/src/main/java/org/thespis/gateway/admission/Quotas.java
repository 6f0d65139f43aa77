package org.thespis.gateway.admission;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.runtime.message.Caller;

/** What all clients of this node have in use, by address and by user. Any thread. */
public final class Quotas {

    /** Addresses or users that are told apart; those beyond share one quota. */
    private static final int MAX_KNOWN = 50_000;

    private final Allowances allowances;
    private final LongSupplier nanoTime;
    private final HeapWatch heap = new HeapWatch();
    private final Quota node;
    private final Quota otherAddresses;
    private final Quota otherUsers;
    private final Map<String, Quota> addresses = new ConcurrentHashMap<>();
    private final Map<String, Quota> users = new ConcurrentHashMap<>();

    public Quotas(Allowances allowances) {
        this(allowances, System::nanoTime);
    }

    Quotas(Allowances allowances, LongSupplier nanoTime) {
        this.allowances = allowances;
        this.nanoTime = nanoTime;
        node = new Quota("this server", allowances.node(), now());
        otherAddresses = new Quota("this address", allowances.address(), now());
        otherUsers = new Quota("this user", allowances.user(), now());
    }

    long now() {
        return nanoTime.getAsLong();
    }

    Allowance ofConnection() {
        return allowances.connection();
    }

    /** What counts for a client, the narrowest first. */
    public ClientQuota of(String address, Caller caller) {
        Quota ofAddress = find(addresses, address, otherAddresses, "this address", allowances.address());
        if (caller.name() == null) {
            return new ClientQuota(this, List.of(ofAddress, node));
        }
        Quota ofUser = find(users, caller.name(), otherUsers, "this user", allowances.user());
        return new ClientQuota(this, List.of(ofUser, ofAddress, node));
    }

    private Quota find(Map<String, Quota> known, String key, Quota others, String whose, Allowance allowance) {
        Quota found = known.get(key);
        if (found != null) {
            return found;
        }
        if (known.size() >= MAX_KNOWN) {
            return others;
        }
        return known.computeIfAbsent(key, k -> new Quota(whose, allowance, now()));
    }

    /** Knows when the heap stays full. */
    public HeapWatch heap() {
        return heap;
    }

    /** Forgets those that use nothing. To be called now and then by one timer. */
    public void tidy() {
        long now = now();
        addresses.values().removeIf(quota -> quota.isUnused(now));
        users.values().removeIf(quota -> quota.isUnused(now));
    }

    /** Bytes on their way to and from all clients. */
    public long bytes() {
        return node.bytes();
    }

    /** Open WebSockets and unanswered requests of all clients. */
    public int connections() {
        return node.connections();
    }
}
