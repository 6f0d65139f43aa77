package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Mailbox mailbox = new Mailbox(tasks::add);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void runsATurnAtOnceWhenIdle() {
        mailbox.submit(() -> ran.add(1));
        assertThat(ran).containsExactly(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void queuesWhatComesDuringATurnAndRunsItInOrderElsewhere() {
        mailbox.submit(() -> {
            mailbox.submit(() -> ran.add(2));
            mailbox.submit(() -> ran.add(3));
            ran.add(1);
        });
        assertThat(ran).containsExactly(1);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2, 3);
        assertThat(tasks).isEmpty();
    }

    @Test
    void refusesTheTurnAfterTheLastFreePlace() {
        mailbox.submit(() -> {
            assertThat(mailbox.offer(() -> ran.add(1), 2)).isEqualTo(Mailbox.Offer.ACCEPTED);
            assertThat(mailbox.offer(() -> ran.add(2), 2)).isEqualTo(Mailbox.Offer.ACCEPTED);
            assertThat(mailbox.offer(() -> ran.add(3), 2)).isEqualTo(Mailbox.Offer.FULL);
        });
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void makesRoomForOtherActorsAfterAWhile() {
        mailbox.submit(() -> IntStream.range(0, 100).forEach(i -> mailbox.submit(() -> ran.add(i))));
        tasks.remove().run();
        assertThat(ran).hasSizeLessThan(100);
        tasks.remove().run();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void goesOnInItsOwnThreadWhenTheExecutorIsFull() {
        Mailbox full = new Mailbox(task -> {
            throw new RejectedExecutionException();
        });
        full.submit(() -> full.submit(() -> ran.add(1)));
        assertThat(ran).containsExactly(1);
    }

    @Test
    void aTurnThatBreaksDoesNotStopTheNext() {
        mailbox.submit(() -> {
            throw new IllegalStateException("planned");
        });
        mailbox.submit(() -> ran.add(1));
        assertThat(ran).containsExactly(1);
    }
}
