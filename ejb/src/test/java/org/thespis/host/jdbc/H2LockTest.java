package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class H2LockTest {

    private static final SQLException HELD = new SQLException("Database may be already in use", "90020", 90_020);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger collections = new AtomicInteger();
    private final H2Lock lock = new H2Lock(now::get, collections::incrementAndGet);

    @Test
    void aHeldFileIsLookedForNowAndThenOnly() {
        lock.failed(HELD);
        lock.failed(HELD);
        assertThat(collections).hasValue(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        lock.failed(HELD);
        lock.failed(HELD);
        assertThat(collections).hasValue(2);
    }

    @Test
    void thePoolMayWrapIt() {
        lock.failed(new SQLException("no connection", new IllegalStateException(HELD)));
        assertThat(collections).hasValue(1);
    }

    @Test
    void whatElseFailsCostsNothing() {
        lock.failed(new SQLException("The database has been closed", "90098", 90_098));
        SQLException circle = new SQLException("a");
        SQLException other = new SQLException("b", circle);
        circle.initCause(other);
        lock.failed(circle);
        assertThat(collections).hasValue(0);
    }
}
