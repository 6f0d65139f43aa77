package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Actors that are woken while the store hangs. */
class WakingTest extends ThreadsFixture {

    @Test
    void anActorWhoseLoadingHangsDoesNotKeepAnotherOneFromWaking() {
        assertThat(isAnsweredWhileAnotherOneLoads(true)).isTrue();
    }

    /** The same with two that do not share one of the locks of {@link Waking}. */
    @Test
    void anActorWhoseLoadingHangsDoesNotKeepMostOthersFromWaking() {
        assertThat(isAnsweredWhileAnotherOneLoads(false)).isTrue();
    }

    private boolean isAnsweredWhileAnotherOneLoads(boolean samePlace) {
        start(sleepy());
        Map<Integer, String> places = new HashMap<>();
        String hanging = null;
        String neighbour = null;
        for (int i = 0; neighbour == null; i++) {
            String id = made("k" + i);
            hanging = samePlace
                    ? places.put(Math.floorMod(id.hashCode(), 256), id)
                    : places.values().stream()
                            .filter(other -> Math.floorMod(other.hashCode(), 256) != Math.floorMod(id.hashCode(), 256))
                            .findAny()
                            .orElse(null);
            places.put(Math.floorMod(id.hashCode(), 256), id);
            neighbour = hanging == null ? null : id;
        }
        String one = hanging;
        String two = neighbour;
        await("both sleep", () -> system.instance(one) == null && system.instance(two) == null);
        CountDownLatch loading = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        store.before = access -> {
            if (access.equals("load") && first.getAndSet(false)) {
                loading.countDown();
                block();
            }
        };
        named(() -> once(one, "a", null, "get"), "caller").start();
        await("one hangs", () -> loading.getCount() == 0);
        named(() -> once(two, "b", null, "get"), "another caller").start();
        return happensWithin(Duration.ofSeconds(5), () -> isAnswered("b", 0));
    }

    private static boolean happensWithin(Duration time, BooleanSupplier happened) {
        long end = System.nanoTime() + time.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            ScriptedFixture.pause();
        }
        return true;
    }
}
