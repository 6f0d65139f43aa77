package org.thespis.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pause that ends while the thread that ran a turn looks whether it may go on. */
@Timeout(60)
class MailboxPauseTest {

    private static final int MANY = 5_000;

    /** One that does not block; while its mailbox looks at it the pause is about to be ended. */
    private static Mailbox.Task looked(CountDownLatch looks) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                // nothing
            }

            @Override
            protected boolean mayBlock() {
                looks.countDown();
                return false;
            }
        };
    }

    private static Mailbox.Task task(Runnable body) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                body.run();
            }
        };
    }

    /** How often the dispatcher is asked to run what waits; each time is a thread of its own. */
    private static int runsAfterAPause() throws InterruptedException {
        Queue<Runnable> dispatched = new ConcurrentLinkedQueue<>();
        Mailbox mailbox = new Mailbox(new Dispatcher(dispatched::add));
        CountDownLatch looks = new CountDownLatch(2);
        Thread ends = new Thread(() -> {
            looks.countDown();
            mailbox.submitAndGoOn(task(() -> {}));
        });
        mailbox.offerHere(
                task(() -> {
                    mailbox.offer(looked(looks), Integer.MAX_VALUE);
                    mailbox.pause();
                    ends.start();
                    while (looks.getCount() > 1) {
                        Thread.onSpinWait();
                    }
                }),
                Integer.MAX_VALUE);
        ends.join();
        return dispatched.size();
    }

    @Test
    void oneThreadAtATimeRunsWhatWaitsWhenAPauseEnds() throws InterruptedException {
        Set<Integer> runs = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
            runs.add(runsAfterAPause());
        }
        assertThat(runs).containsExactly(1);
    }
}
