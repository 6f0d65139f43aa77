package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.Relay;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.settings.ActorSettings;

/** The gateway and the host find each other, whoever comes first. */
class HostComesTest {

    private final ActorExtension extension = new ActorExtension();
    private final ActorSystem system = new ActorSystem(
            List.of(),
            extension.actorBeans(null),
            new MemoryStateStore(),
            Runnable::run,
            Runnable::run,
            Runnable::run,
            ActorSettings.defaults());
    private final List<Relay> told = new ArrayList<>();

    @Test
    void whoWaitsIsToldBeforeOthersFindTheSystem() {
        extension.whenRunning(running -> {
            assertThat(extension.system()).isEmpty();
            told.add(running);
        });
        assertThat(told).isEmpty();
        extension.system(system);
        assertThat(told).containsExactly(new LocalRelay(system));
        assertThat(extension.system()).contains(system);
    }

    @Test
    void whoComesLaterIsToldAtOnce() {
        extension.system(system);
        extension.whenRunning(told::add);
        assertThat(told).containsExactly(new LocalRelay(system));
    }

    @Test
    void nobodyIsToldThatTheHostHasStopped() {
        extension.whenRunning(told::add);
        extension.system((ActorSystem) null);
        assertThat(told).isEmpty();
    }
}
