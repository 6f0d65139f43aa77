package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArbiterTest {

    private static final Duration TIME = Duration.ofSeconds(10);

    /** One row in memory. */
    private static final class Row implements Lease {
        private Optional<Lease.Row> row = Optional.empty();

        @Override
        public Optional<Lease.Row> read() {
            return row;
        }

        @Override
        public boolean take(Optional<Lease.Row> seen, String owner) {
            if (!row.equals(seen)) {
                return false;
            }
            row = Optional.of(new Lease.Row(owner, row.map(Lease.Row::beat).orElse(0L) + 1));
            return true;
        }
    }

    /** One part of a cluster, as its first node sees it. */
    private final class Part {
        private final List<Boolean> told = new ArrayList<>();
        private final Arbiter arbiter;
        private boolean reaches = true;
        private boolean hangs;
        private Runnable hanging;
        private boolean frozen;

        private Part(String self) {
            Lease mine = new Lease() {
                @Override
                public Optional<Row> read() {
                    if (!reaches) {
                        throw new IllegalStateException("away");
                    }
                    return lease.read();
                }

                @Override
                public boolean take(Optional<Row> seen, String owner) {
                    return lease.take(seen, owner);
                }
            };
            arbiter = new Arbiter(self, mine, TIME, this::run, () -> now, told::add);
            parts.add(this);
        }

        /** In a database that hangs the first that asks it does not come back. */
        private void run(Runnable work) {
            if (hangs && hanging == null) {
                hanging = work;
            } else {
                work.run();
            }
        }

        private void comesBack() {
            hangs = false;
            hanging.run();
            hanging = null;
        }

        private void sees(String... nodes) {
            sees(Set.of(), nodes);
        }

        private void sees(Set<String> left, String... nodes) {
            arbiter.comes(new Members(1, Set.of(nodes), true), left);
        }

        /** The last word; null if there was none since that was asked last. */
        private Boolean word() {
            Boolean last = told.isEmpty() ? null : told.get(told.size() - 1);
            told.clear();
            return last;
        }
    }

    private final Row lease = new Row();
    private final List<Part> parts = new ArrayList<>();
    private long now;

    private void pass(Duration time) {
        for (long end = now + time.toNanos(); now < end; ) {
            now += Duration.ofMillis(100).toNanos();
            parts.stream().filter(part -> !part.frozen).forEach(part -> part.arbiter.tick());
        }
    }

    private Part holder() {
        Part a = new Part("a");
        a.sees("a", "b", "c");
        pass(TIME);
        assertThat(a.word()).isTrue();
        return a;
    }

    @Test
    void thePartThatHoldsItServesAndTheOtherStopsUntilAllAreTogether() {
        Part a = holder();
        Part c = new Part("c");
        a.sees("a", "b");
        c.sees("c");
        pass(TIME);
        assertThat(a.word()).isTrue();
        assertThat(c.word()).isFalse();
        a.sees("a", "b", "c");
        c.sees("a", "b", "c");
        pass(TIME.multipliedBy(3));
        assertThat(a.told).doesNotContain(false);
        assertThat(c.word()).isNull(); // it is not for c to say
    }

    @Test
    void whenTheHolderIsDeadItsSurvivorsNeverStop() {
        Part a = holder();
        a.frozen = true;
        Part b = new Part("b");
        b.sees("a", "b", "c");
        pass(TIME);
        b.sees("b", "c");
        pass(TIME.multipliedBy(3));
        assertThat(b.told).isNotEmpty().doesNotContain(false);
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("b");
    }

    @Test
    void aBeatOfTheHolderBeforeItsDeathStopsNobody() {
        Part b = new Part("b");
        b.sees("b", "c");
        pass(TIME);
        Part a = new Part("a");
        a.sees("a", "b", "c");
        b.sees("a", "b", "c");
        pass(TIME.multipliedBy(3)); // from b to a
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("a");
        a.frozen = true;
        b.word();
        b.sees("b", "c");
        pass(TIME.multipliedBy(3));
        assertThat(b.told).isNotEmpty().doesNotContain(false);
    }

    @Test
    void aStoppedPartServesAgainWhenTheHolderDies() {
        Part a = holder();
        Part c = new Part("c");
        a.sees("a", "b");
        c.sees("c");
        pass(TIME);
        assertThat(c.word()).isFalse();
        a.frozen = true;
        pass(TIME.multipliedBy(2));
        assertThat(c.word()).isTrue();
    }

    @Test
    void whoWasFrozenDoesNotTakeItFromThoseThatWentOn() {
        Part a = holder();
        a.frozen = true;
        Part b = new Part("b");
        b.sees("b", "c");
        pass(TIME.multipliedBy(2));
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("b");
        b.word();
        a.frozen = false; // it still sees all three
        pass(TIME.multipliedBy(2));
        assertThat(b.told).doesNotContain(false);
        assertThat(a.told).doesNotContain(true);
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("b");
    }

    @Test
    void twoPartsOfWhichNeitherHadItComeToOne() {
        Part a = new Part("a");
        Part b = new Part("b");
        lease.row = Optional.of(new Lease.Row("of an earlier time", 7));
        a.sees("a");
        b.sees("b");
        pass(TIME.multipliedBy(3));
        assertThat(List.of(a.word(), b.word())).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whoIsCutOffFromTheDatabaseTooStopsAfterItsTime() {
        Part a = holder();
        a.reaches = false;
        a.sees("a");
        pass(TIME.dividedBy(2));
        assertThat(a.word()).isNull();
        pass(TIME);
        assertThat(a.word()).isFalse();
        a.reaches = true;
        pass(TIME);
        assertThat(a.word()).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayStopsNobodyAsLongAsAllAreTogetherOrLeftInOrder() {
        Part a = holder();
        a.reaches = false;
        pass(TIME.multipliedBy(3));
        a.sees(Set.of("b", "c"), "a");
        pass(TIME.multipliedBy(3));
        assertThat(a.word()).isNull();
    }

    @Test
    void whoIsCutOffAndWaitsForADatabaseThatHangsStopsAfterItsTime() {
        Part a = holder();
        a.hangs = true;
        a.sees("a");
        pass(TIME.dividedBy(2));
        assertThat(a.word()).isNull();
        pass(TIME);
        assertThat(a.word()).isFalse();
        a.comesBack();
        pass(TIME);
        assertThat(a.word()).isTrue();
    }

    @Test
    void aDatabaseThatHangsStopsNobodyAsLongAsAllAreTogether() {
        Part a = holder();
        a.hangs = true;
        pass(TIME.multipliedBy(3));
        assertThat(a.word()).isNull();
        a.comesBack();
        assertThat(a.word()).isTrue();
    }

    @Test
    void whoComesAfterOneThatWentInOrderHasItAtOnce() {
        Part a = holder();
        a.frozen = true;
        Part b = new Part("b");
        b.sees("a", "b", "c");
        b.sees(Set.of("a"), "b", "c");
        pass(TIME.dividedBy(10));
        assertThat(b.word()).isTrue();
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("b");
    }

    @Test
    void aLateBeatOfOneThatWentInOrderStopsNobody() {
        holder();
        Part b = new Part("b");
        b.sees("a", "b", "c");
        b.sees(Set.of("a"), "b", "c");
        b.reaches = false; // so that the beats of the other come first
        pass(TIME);
        b.reaches = true;
        pass(TIME.multipliedBy(2));
        assertThat(b.told).isNotEmpty().doesNotContain(false);
    }

    @Test
    void whoIsAboutToGoHasItUntilItIsGone() {
        holder();
        Part b = new Part("b");
        b.sees(Set.of("a"), "a", "b", "c");
        pass(TIME);
        assertThat(lease.row.orElseThrow().owner()).isEqualTo("a");
        b.sees("b", "c"); // not in order after all
        pass(TIME);
        assertThat(b.word()).isFalse();
    }

    @Test
    void whoWasAboutToGoKeepsItForThoseThatAreLostWithIt() {
        Part a = holder();
        Part b = new Part("b");
        b.sees("a", "b", "c");
        a.sees("a", "c");
        b.sees(Set.of("a"), "b");
        pass(TIME);
        assertThat(a.word()).isTrue();
        assertThat(b.word()).isFalse();
    }

    @Test
    void twoPartsThatBothLostWhoWasAboutToGoDoNotBothServe() {
        Part a = holder();
        Part b = new Part("b");
        b.sees("a", "b", "c", "d");
        a.sees("a", "b", "c", "d");
        Set<String> leaving = Set.of("a", "b");
        a.sees(leaving, "a", "c");
        b.sees(leaving, "b", "d");
        pass(TIME);
        assertThat(List.of(a.word(), b.word())).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whoSeemedToGoInOrderAndIsBackKeepsItInTheNextCut() {
        Part a = holder();
        Part b = new Part("b");
        b.sees("a", "b", "c");
        b.sees(Set.of("a"), "b", "c");
        b.sees("a", "b", "c");
        pass(TIME.multipliedBy(2));
        a.sees("a");
        b.sees("b", "c");
        a.word();
        b.word();
        pass(TIME);
        assertThat(a.word()).isTrue();
        assertThat(b.word()).isFalse();
    }
}
