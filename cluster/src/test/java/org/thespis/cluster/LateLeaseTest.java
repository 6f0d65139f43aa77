package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the database says late, or not at all, to one part of a cut cluster while the other goes on. */
class LateLeaseTest {

    private static final Duration TIME = Duration.ofSeconds(10);

    private final List<Part> parts = new ArrayList<>();
    private Optional<Lease.Row> row = Optional.empty();
    private long now;

    /** One part of a cluster, as its first node sees it. */
    private final class Part implements Lease {

        private final List<Boolean> told = new ArrayList<>();
        private final Arbiter arbiter;
        private Runnable beforeItHears = () -> {};
        private boolean reaches = true;

        private Part(String self, String... nodes) {
            arbiter = new Arbiter(self, this, TIME, Runnable::run, () -> now, told::add);
            parts.add(this);
            sees(nodes);
        }

        private void sees(String... nodes) {
            arbiter.comes(new Members(1, Set.of(nodes), true), Set.of());
        }

        private Boolean word() {
            return told.isEmpty() ? null : told.get(told.size() - 1);
        }

        @Override
        public Optional<Row> read() {
            if (!reaches) {
                throw new IllegalStateException("away");
            }
            return row;
        }

        /** The row is written at once, but its answer may be long under way. */
        @Override
        public boolean take(Optional<Row> seen, String owner) {
            if (!row.equals(seen)) {
                return false;
            }
            row = Optional.of(new Row(owner, row.map(Row::beat).orElse(0L) + 1));
            Runnable late = beforeItHears;
            beforeItHears = () -> {};
            late.run();
            return true;
        }
    }

    private void pass(Duration time) {
        for (long end = now + time.toNanos(); now < end; ) {
            now += Duration.ofMillis(100).toNanos();
            parts.forEach(part -> part.arbiter.tick());
        }
    }

    @Test
    void whoHearsOfItsBeatWhenTheLeaseIsAnothersDoesNotServe() {
        Part a = new Part("a", "a", "c");
        pass(TIME);
        assertThat(a.word()).isTrue();
        a.sees("a");
        Part c = new Part("c", "a", "c");
        c.sees("c");
        a.beforeItHears = () -> {
            pass(TIME.multipliedBy(2));
            assertThat(c.word()).isTrue();
            assertThat(a.word()).isFalse();
        };
        a.arbiter.tick();
        assertThat(row.orElseThrow().owner()).isEqualTo("c");
        assertThat(a.word()).isFalse();
    }
}
