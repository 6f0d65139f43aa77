package org.thespis.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.settings.ActorSettings;

/**
 * How a kit is to be.
 *
 * @param store null for one of its own for each test
 * @param start null for the present
 * @param patience how long something is waited for that is to happen, by the time of the machine
 */
record Setup(List<Class<?>> beans, StateStore store, ActorSettings settings, Instant start, Duration patience) {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    static Setup of(Class<?>... beans) {
        return new Setup(List.of(beans), null, ActorSettings.defaults(), null, PATIENCE);
    }

    Setup withStore(StateStore other) {
        return new Setup(beans, other, settings, start, patience);
    }

    Setup withSettings(ActorSettings others) {
        return new Setup(beans, store, others, start, patience);
    }

    Setup startingAt(Instant moment) {
        return new Setup(beans, store, settings, moment, patience);
    }

    Setup withPatience(Duration other) {
        return new Setup(beans, store, settings, start, other);
    }

    StateStore storeOfTest() {
        return store == null ? new MemoryStateStore() : store;
    }

    /** What of it nobody can give a server from outside; empty if nothing. */
    String needs() {
        return Stream.of(
                        store == null ? "" : "withStore",
                        settings.equals(ActorSettings.defaults()) ? "" : "withSettings",
                        start == null ? "" : "startingAt")
                .filter(need -> !need.isEmpty())
                .collect(Collectors.joining(", "));
    }

    Instant startOfTest() {
        return start == null ? Instant.now() : start;
    }
}
