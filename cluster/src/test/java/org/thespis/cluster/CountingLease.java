package org.thespis.cluster;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A lease that nobody else wants, and how often it was taken. */
class CountingLease implements Lease {

    final AtomicInteger taken = new AtomicInteger();

    @Override
    public Optional<Row> read() {
        return Optional.empty();
    }

    @Override
    public boolean take(Optional<Row> seen, String owner) {
        taken.incrementAndGet();
        return true;
    }
}
