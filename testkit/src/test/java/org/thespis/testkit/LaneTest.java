package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that time is advanced in. */
@Timeout(60)
class LaneTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Threads threads = new Threads();
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.end();
    }

    private static BooleanSupplier steps(int count, Runnable step) {
        AtomicInteger left = new AtomicInteger(count);
        return () -> {
            if (left.getAndDecrement() <= 0) {
                return false;
            }
            step.run();
            return true;
        };
    }

    @Test
    void whatAStepCausesIsDoneBeforeTheNext() {
        AtomicInteger steps = new AtomicInteger();
        threads.inLane(LONG, steps(3, () -> {
            int step = steps.incrementAndGet();
            threads.execute(() -> {
                story.add("task " + step);
                threads.execute(() -> story.add("task of task " + step));
                threads.executeBeside(() -> story.add("beside " + step));
            });
        }));
        assertThat(story).hasSize(9);
        for (int step = 1; step <= 3; step++) {
            assertThat(story.subList(3 * step - 3, 3 * step))
                    .containsExactlyInAnyOrder("task " + step, "task of task " + step, "beside " + step);
        }
    }

    @Test
    void tasksRunInOneThreadUnlessTheyBlock() {
        List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
        threads.inLane(LONG, steps(100, () -> threads.execute(() -> seen.add(Thread.currentThread()))));
        assertThat(seen).hasSize(100);
    }

    @Test
    void aTaskMayWaitForOneBehindIt() {
        CountDownLatch other = new CountDownLatch(1);
        threads.inLane(LONG, steps(1, () -> {
            threads.execute(() -> {
                await(other);
                story.add("first");
            });
            threads.execute(() -> {
                story.add("second");
                other.countDown();
            });
        }));
        assertThat(story).containsExactly("second", "first");
    }

    @Test
    void aTaskThatIsHeldUpForGoodDoesNotHoldUpTheSteps() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        threads.inLane(LONG, steps(50, () -> {
            if (story.isEmpty()) {
                threads.execute(() -> {
                    await(gate);
                    ended.countDown();
                });
            }
            story.add("step");
        }));
        assertThat(story).hasSize(50);
        gate.countDown();
        await(ended);
    }

    @Test
    void whenAllThreadsAreHeldUpThatIsToldAndWhere() {
        CountDownLatch gate = new CountDownLatch(1);
        assertThatThrownBy(() -> threads.inLane(LONG, steps(1, () -> {
                    for (int i = 0; i < 300; i++) {
                        threads.execute(() -> await(gate));
                    }
                })))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("do not come to rest")
                .hasMessageContaining("LaneTest.await");
        gate.countDown();
    }

    @Test
    void aTaskThatThrowsIsTheUncaughtOneOfItsThreadAndTheStepsGoOn() {
        threads.inLane(LONG, steps(3, () -> {
            story.add("step");
            threads.execute(() -> {
                throw new IllegalStateException("expected by the test");
            });
        }));
        assertThat(story).hasSize(3);
    }

    @Test
    void aStepThatThrowsIsToldAndWhatWaitedIsStillRun() {
        assertThatThrownBy(() -> threads.inLane(LONG, () -> {
                    threads.execute(() -> story.add("task"));
                    throw new IllegalStateException("expected by the test");
                }))
                .hasRootCauseMessage("expected by the test");
        threads.settle(LONG);
        assertThat(story).containsExactly("task");
    }

    @Test
    void stepsWithoutEndFailAndSayWhatToDo() {
        assertThatThrownBy(() -> threads.inLane(Duration.ofMillis(300), () -> true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the clock is not through within 3600 ms of the machine's time")
                .hasMessageContaining("due again and again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
