package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ProxyLogTest {

    private long now;
    private final ProxyLog log = new ProxyLog(() -> now);

    private static LogRecord failure() {
        LogRecord failure = new LogRecord(Level.SEVERE, "a request failed");
        failure.setThrown(new IOException("100%"));
        return failure;
    }

    @Test
    void howeverManyRequestsFailThereIsOneLineASecond() {
        assertThat(log.isLoggable(failure())).isTrue();
        for (int i = 0; i < 1_000; i++) {
            assertThat(log.isLoggable(failure())).isFalse();
        }
        now += 1_000_000_000;
        LogRecord second = failure();
        assertThat(log.isLoggable(second)).isTrue();
        assertThat(second.getMessage()).isEqualTo("a request failed: java.io.IOException: 100% (and 1000 more before)");
        assertThat(second.getThrown()).isNull();
    }
}
