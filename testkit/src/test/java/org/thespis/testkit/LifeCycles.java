package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorsOfType;

/** Test classes that {@link JUnitTest} runs. */
final class LifeCycles {

    private LifeCycles() {}

    private static void countsAlone(TestKit kit) {
        TestConnection client = kit.actor("counter", "a").connect().on("newCount");
        for (int i = 1; i <= 20; i++) {
            assertThat(client.call(int.class, "increment")).isEqualTo(i);
        }
        kit.clock().advance(Duration.ofHours(1));
        assertThat(client.events(int.class, "newCount")).hasSize(20);
    }

    static class One {

        @RegisterExtension
        final TestKit kit = TestKit.of(Counter.class);

        @RepeatedTest(8)
        void counts() {
            countsAlone(kit);
        }
    }

    static class Another extends One {}

    static class OfTheClass {

        @RegisterExtension
        static final TestKit KIT = TestKit.of(Counter.class);

        @RepeatedTest(4)
        void counts() {
            countsAlone(KIT);
        }

        @Nested
        class Inner {

            @RegisterExtension
            final TestKit inner = TestKit.of(Counter.class);

            @Test
            void hasBothKits() {
                countsAlone(inner);
                countsAlone(KIT);
            }
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance {

        interface Counting {
            int increment(int by);
        }

        @RegisterExtension
        final TestKit kit = TestKit.of(Counter.class);

        @Inject
        ActorsOfType<Counting> counters;

        @RepeatedTest(4)
        void counts() {
            assertThat(counters.getOrCreate("a").increment(1)).isEqualTo(1);
        }
    }

    static class BeforeAllTests {

        @RegisterExtension
        static final TestKit KIT = TestKit.of(Counter.class);

        @BeforeAll
        static void tooEarly() {
            KIT.actor("counter").connect();
        }

        @Test
        void isNeverReached() {
            throw new AssertionError();
        }
    }

    /** For a server, there or not. */
    static class Remote {

        interface Counting {
            int increment(int by);
        }

        @RegisterExtension
        final TestKit kit = TestKit.of(Counter.class);

        @Inject
        ActorsOfType<Counting> counters;

        @Test
        void connects() {
            kit.actor("counter", "a").connect();
        }

        @Test
        void movesTheTime() {
            kit.clock().advance(Duration.ofDays(1));
        }

        @Test
        void swallowsWhatItIsTold() {
            try {
                kit.crash();
            } catch (RuntimeException e) {
                // as if nothing were
            }
        }

        @Test
        void failsOverIt() {
            assertThat(Stream.of(1).map(any -> {
                        try {
                            return kit.actor("counter", "a").isAwake();
                        } catch (RuntimeException e) {
                            return null;
                        }
                    }))
                    .containsExactly(true);
        }

        @Test
        void isSomebody() {
            kit.actor("counter", "a").as("ann").connect();
        }
    }

    static class OfAnotherTime {

        @RegisterExtension
        final TestKit kit = TestKit.of(Counter.class).startingAt(Instant.EPOCH);

        @Test
        void isNeverReached() {
            throw new AssertionError();
        }
    }

    static class InjectsABean {

        @RegisterExtension
        final TestKit kit = TestKit.of(Counter.class);

        @Inject
        Counter counter;

        @Test
        void isNeverReached() {
            throw new AssertionError();
        }
    }
}
