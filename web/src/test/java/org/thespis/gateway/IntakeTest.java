package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.Place;
import org.thespis.runtime.message.ActorError;

/** What comes over a session on an event loop. */
class IntakeTest {

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<ActorError> overflows = new ArrayList<>();
    private final List<Integer> done = new ArrayList<>();
    private final Intake intake = new Intake(executor::add, overflows::add, () -> true);

    private void comes(int size, int number) {
        if (intake.mayPass()) {
            done.add(number);
        } else {
            intake.wait(size, () -> done.add(number));
        }
    }

    private void runAll() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    @Test
    void whatComesPassesWhileNothingWaits() {
        comes(1, 1);
        assertThat(done).containsExactly(1);
        assertThat(executor).isEmpty();
    }

    @Test
    void whatComesBehindWhatWaitsIsDoneBehindIt() {
        intake.putOff(() -> done.add(0));
        IntStream.rangeClosed(1, 3).forEach(i -> comes(10, i));
        assertThat(done).isEmpty();
        assertThat(executor).as("one thread at a time").hasSize(1);
        runAll();
        assertThat(done).containsExactly(0, 1, 2, 3);
        comes(10, 4);
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theEndIsDoneBehindWhatWaits() {
        intake.putOff(() -> done.add(0));
        comes(10, 1);
        intake.last(() -> done.add(2));
        runAll();
        assertThat(done).containsExactly(0, 1, 2);
        intake.last(() -> done.add(3));
        assertThat(done).endsWith(3);
    }

    @Test
    void whatThrowsEndsNothing() {
        intake.putOff(() -> {
            throw new StackOverflowError("of a test");
        });
        comes(10, 1);
        runAll();
        assertThat(done).containsExactly(1);
        assertThat(intake.mayPass()).isTrue();
    }

    @Test
    void whoSendsTooMuchBeforeItIsKnownIsTold() {
        intake.putOff(() -> done.add(0));
        comes(Intake.MAX_UNKNOWN_BYTES, 1);
        assertThat(overflows).isEmpty();
        comes(1, 2);
        assertThat(overflows).extracting(ActorError::reason).containsExactly("guard.too_many_bytes");
        runAll();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void whatWasDoneCountsNoLonger() {
        for (int i = 0; i < 10; i++) {
            intake.putOff(() -> {});
            comes(Intake.MAX_UNKNOWN_BYTES, i);
            runAll();
        }
        assertThat(done).hasSize(10);
        assertThat(overflows).isEmpty();
    }

    @Test
    void manyEmptyMessagesAreBounded() {
        intake.putOff(() -> {});
        IntStream.range(0, 20_000).forEach(i -> comes(0, i));
        runAll();
        assertThat(done).hasSizeLessThanOrEqualTo(Intake.MAX_WAITING);
        assertThat(overflows).isNotEmpty();
    }

    @Test
    void whatMustBeDoneIsDoneHoweverMuchWaits() {
        intake.putOff(() -> {});
        IntStream.range(0, Intake.MAX_WAITING * 2).forEach(i -> comes(0, i));
        intake.last(() -> done.add(-1));
        runAll();
        assertThat(done).endsWith(-1);
    }

    @Test
    void bytesOfOneWhoIsKnownAreThoseOfTheClient() {
        Place place = Fixtures.place(Intake.MAX_UNKNOWN_BYTES * 4);
        intake.putOff(() -> {});
        intake.counts(place);
        comes(Intake.MAX_UNKNOWN_BYTES * 2, 1);
        assertThat(overflows).isEmpty();
        comes(Integer.MAX_VALUE, 2);
        assertThat(overflows).extracting(ActorError::reason).containsExactly("guard.too_many_bytes");
        runAll();
        assertThat(done).containsExactly(1);
    }

    @Test
    void orderStaysBetweenALoopAndItsThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Intake busy = new Intake(pool, overflows::add, () -> true);
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch last = new CountDownLatch(1);
        int many = 20_000;
        for (int i = 0; i < many; i++) {
            int number = i;
            if (i % 7 == 0 && busy.mayPass()) {
                busy.putOff(() -> seen.add(number));
            } else if (busy.mayPass()) {
                seen.add(number);
            } else {
                busy.putOff(() -> seen.add(number));
            }
        }
        busy.putOff(last::countDown);
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        pool.shutdownNow();
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, many).boxed().toList());
    }

    /** Else a message whose middle was refused would reach the actor as if it were whole. */
    @Test
    void behindWhatWasTooMuchNothingMoreOfTheClientIsDone() {
        intake.putOff(() -> done.add(0));
        comes(10, 1);
        comes(Intake.MAX_UNKNOWN_BYTES, 2);
        assertThat(overflows).hasSize(1);
        comes(10, 3);
        runAll();
        comes(10, 4);
        intake.last(() -> done.add(5));
        runAll();
        assertThat(done).containsExactly(0, 1, 5);
    }
}
