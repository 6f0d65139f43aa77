package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapWatchTest {

    private long collections;
    private long used;
    private long garbage;
    private long time;
    private final HeapWatch heap =
            new HeapWatch(() -> collections, () -> used + garbage, 100, this::collect, () -> time);

    private void collect() {
        collections++;
        garbage = 0;
    }

    @Test
    void onlyWhatIsLeftByACollectionCounts() {
        used = 10;
        heap.look();
        garbage = 90;
        heap.look();
        assertThat(heap.isPressed()).isFalse();
        collect();
        heap.look();
        assertThat(heap.isPressed()).isFalse();
        used = 80;
        heap.look();
        assertThat(heap.isPressedNow()).as("not known yet").isFalse();
        collect();
        assertThat(heap.isPressedNow()).isTrue();
    }

    @Test
    void whatWasFreedShowsEvenIfNothingIsCollectedByItself() {
        used = 80;
        collect();
        heap.look();
        used = 10;
        garbage = 70;
        heap.look();
        assertThat(heap.isPressed()).isTrue();
        time += TimeUnit.SECONDS.toNanos(6);
        heap.look();
        assertThat(heap.isPressed()).isFalse();
        assertThat(collections).isEqualTo(3);
        time += TimeUnit.SECONDS.toNanos(60);
        heap.look();
        assertThat(collections).as("nothing is asked for while there is room").isEqualTo(3);
    }

    /** As on Payara, a few seconds after somebody had sent much: others were refused, by garbage alone. */
    @Test
    void garbageThatACollectionOfTheYoungLeavesIsNoFullHeapForLong() {
        used = 10;
        garbage = 80;
        collections++;
        assertThat(heap.isPressedNow()).as("it may be a flood").isTrue();
        heap.look();
        assertThat(heap.isPressed()).isFalse();
    }

    @Test
    void aHeapThatSeemsFullAgainAndAgainIsCollectedOnceASecondAtMost() {
        used = 10;
        for (int i = 0; i < 30; i++) {
            garbage = 80;
            collections++;
            heap.look();
            time += TimeUnit.MILLISECONDS.toNanos(100);
        }
        assertThat(collections).isBetween(30L + 2, 30L + 4);
    }

    @Test
    void aHeapThatIsFullIsNotCollectedAgainAtOnce() {
        used = 80;
        collections++;
        heap.look();
        assertThat(collections).as("made sure").isEqualTo(2);
        time += TimeUnit.SECONDS.toNanos(2);
        heap.look();
        assertThat(collections).isEqualTo(2);
        assertThat(heap.isPressed()).isTrue();
    }
}
