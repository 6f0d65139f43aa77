package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.LogLevel;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.settings.TypeOption;

/** What is said of a type is set in the server's own logging, and nothing of it stays behind. */
class LogLevelsTest {

    @Actor("loud")
    static class Loud {}

    @Actor("quiet")
    static class Quiet {}

    private final Logger loud = Logger.getLogger("org.thespis.actors.loud"); // held, or the JDK forgets it
    private final Logger quiet = Logger.getLogger("org.thespis.actors.quiet");
    private final LogLevels levels = new LogLevels();

    @AfterEach
    void asBefore() {
        loud.setLevel(null);
        quiet.setLevel(null);
    }

    private static ActorDefinition said(Class<?> type, LogLevel level) {
        ActorDefinition declared = ActorDefinition.of(type);
        return declared.configured(declared.options().with(Map.of(TypeOption.LOG_LEVEL, level)), Map.of());
    }

    @Test
    void theLevelOfATypeIsThatOfItsLogger() {
        levels.apply(List.of(said(Loud.class, LogLevel.DEBUG), ActorDefinition.of(Quiet.class)));
        assertThat(loud.getLevel()).isEqualTo(Level.FINE);
        assertThat(quiet.getLevel()).as("which the server alone configures").isNull();
    }

    @Test
    void whatTheServerHadConfiguredComesBack() {
        loud.setLevel(Level.WARNING);
        levels.apply(List.of(said(Loud.class, LogLevel.DEBUG), said(Quiet.class, LogLevel.OFF)));
        levels.apply(List.of(said(Loud.class, LogLevel.TRACE), said(Quiet.class, LogLevel.SERVER)));
        assertThat(loud.getLevel()).isEqualTo(Level.FINER);
        assertThat(quiet.getLevel()).isNull();
        levels.close();
        assertThat(loud.getLevel()).isEqualTo(Level.WARNING);
    }

    @Test
    void whoReadsSettingsWhileTheApplicationStopsSetsNothing() {
        levels.close();
        levels.apply(List.of(said(Loud.class, LogLevel.OFF)));
        assertThat(loud.getLevel()).isNull();
    }
}
