package org.thespis.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.AuthorSetting;
import org.thespis.runtime.settings.ActorSettings;

/**
 * How a kit is to be.
 *
 * @param said by whom a test stands for says to the code of authors, by the ends of the entries
 * @param store null for one of its own for each test
 * @param start null for the present
 * @param patience how long something is waited for that is to happen, by the time of the machine
 */
record Setup(
        List<Class<?>> beans,
        StateStore store,
        ActorSettings settings,
        Map<String, String> said,
        Instant start,
        Duration patience) {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    static Setup of(Class<?>... beans) {
        return new Setup(List.of(beans), null, ActorSettings.defaults(), Map.of(), null, PATIENCE);
    }

    Setup withStore(StateStore other) {
        return new Setup(beans, other, settings, said, start, patience);
    }

    Setup withSettings(ActorSettings others) {
        return new Setup(beans, store, others, said, start, patience);
    }

    Setup withSetting(String actor, String name, Object value) {
        Map<String, String> more = new HashMap<>(said);
        more.put(actor + "/settings/" + name, String.valueOf(value));
        return new Setup(beans, store, settings, Map.copyOf(more), start, patience);
    }

    /** What an actor class injects; see {@code ActorSetting}. */
    Object value(AuthorSetting setting) {
        String text = said.get(setting.entry());
        return text == null ? setting.orDefault() : setting.parse("withSetting of " + setting.entry(), text);
    }

    Setup startingAt(Instant moment) {
        return new Setup(beans, store, settings, said, moment, patience);
    }

    Setup withPatience(Duration other) {
        return new Setup(beans, store, settings, said, start, other);
    }

    StateStore storeOfTest() {
        return store == null ? new MemoryStateStore() : store;
    }

    /** What of it nobody can give a server from outside; empty if nothing. */
    String needs() {
        return Stream.of(
                        store == null ? "" : "withStore",
                        settings.equals(ActorSettings.defaults()) ? "" : "withSettings",
                        said.isEmpty() ? "" : "withSetting",
                        start == null ? "" : "startingAt")
                .filter(need -> !need.isEmpty())
                .collect(Collectors.joining(", "));
    }

    Instant startOfTest() {
        return start == null ? Instant.now() : start;
    }
}
