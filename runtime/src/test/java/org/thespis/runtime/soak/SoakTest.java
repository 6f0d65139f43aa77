package org.thespis.runtime.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random clients of random actors on nodes and a store that fail at random; short here, long with {@code mvn -Psoak}. {@code
 * -Dsoak.seed=} repeats a round, as far as threads allow.
 */
class SoakTest {

    private static final Duration ROUND = Duration.ofSeconds(4);

    /** Faults after which no further round is begun. */
    private static final int MAX_FAULTS = 500;

    /** What the core writes into the log only if something escaped from it. */
    private static final List<String> BROKEN = List.of(
            "a turn broke",
            "could not be finished",
            "a part of the tick broke",
            "a worker of the commits broke",
            "could not be told",
            "could not be delivered",
            "could not be dropped");

    private final Logger log = Logger.getLogger("org.thespis");
    private final Handler watch = new Handler() {
        @Override
        public void publish(LogRecord said) {
            if (BROKEN.stream().anyMatch(String.valueOf(said.getMessage())::contains)) {
                Book.present().fault("something escaped", said.getMessage() + " " + said.getThrown());
            }
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // likewise
        }
    };

    @BeforeEach
    void watchTheLog() {
        log.setUseParentHandlers(false); // thousands of failures are meant
        log.addHandler(watch);
    }

    @AfterEach
    void leaveTheLog() {
        log.removeHandler(watch);
        log.setUseParentHandlers(true);
    }

    @Test
    void whatIsAcknowledgedIsKeptAndEveryCallIsAnsweredOnce() throws InterruptedException {
        Long given = Long.getLong("soak.seed");
        long seed = given == null ? System.nanoTime() : given;
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("soak.seconds", 8)).toNanos();
        List<String> faults = new ArrayList<>();
        do {
            Round round = new Round(seed, ROUND);
            round.run();
            System.out.println("soak, seed " + seed + ": " + round.summary());
            long present = seed;
            round.book.faults().forEach(fault -> faults.add("seed " + present + ": " + fault));
            seed++;
        } while (System.nanoTime() < end && faults.size() < MAX_FAULTS);
        assertThat(faults).isEmpty();
    }
}
