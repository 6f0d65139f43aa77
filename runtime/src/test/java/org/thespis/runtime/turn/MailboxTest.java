package org.thespis.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Dispatcher dispatcher = new Dispatcher(tasks::add);
    private final Mailbox mailbox = new Mailbox(dispatcher);
    private final List<Integer> ran = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();

    private static Mailbox.Task task(Runnable body) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                body.run();
            }
        };
    }

    private Mailbox.Task add(int number) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                ran.add(number);
            }

            @Override
            protected void dropped() {
                dropped.add(number);
            }
        };
    }

    @Test
    void runsATurnThatAClientBroughtAtOnceWhenIdle() {
        mailbox.offerHere(add(1), UNBOUNDED);
        assertThat(ran).containsExactly(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void anyOtherTurnRunsElsewhere() {
        mailbox.submit(add(1));
        assertThat(ran).isEmpty();
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void noTurnRunsInsideATurnOfAnotherActor() {
        Mailbox other = new Mailbox(dispatcher);
        mailbox.offerHere(
                task(() -> {
                    other.offerHere(add(2), UNBOUNDED);
                    ran.add(1);
                }),
                UNBOUNDED);
        assertThat(ran).containsExactly(1);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void queuesWhatComesDuringATurnAndRunsItInOrderElsewhere() {
        mailbox.offerHere(
                task(() -> {
                    mailbox.offerHere(add(2), UNBOUNDED);
                    mailbox.submit(add(3));
                    ran.add(1);
                }),
                UNBOUNDED);
        assertThat(ran).containsExactly(1);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2, 3);
        assertThat(tasks).isEmpty();
    }

    @Test
    void refusesTheTurnAfterTheLastFreePlace() {
        mailbox.offerHere(
                task(() -> {
                    assertThat(mailbox.offer(add(1), 2)).isEqualTo(Mailbox.Offer.ACCEPTED);
                    assertThat(mailbox.offerHere(add(2), 2)).isEqualTo(Mailbox.Offer.ACCEPTED);
                    assertThat(mailbox.offer(add(3), 2)).isEqualTo(Mailbox.Offer.FULL);
                }),
                2);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whatIsWithdrawnIsNotRunAndMakesRoom() {
        List<Mailbox.Task> waiting = List.of(add(1), add(2), add(3), add(4));
        mailbox.offerHere(
                task(() -> {
                    waiting.forEach(some -> mailbox.offer(some, 4));
                    mailbox.withdraw(Set.of(waiting.get(0), waiting.get(1), waiting.get(3), add(9)));
                    for (int i = 5; i < 8; i++) {
                        assertThat(mailbox.offer(add(i), 4)).isEqualTo(Mailbox.Offer.ACCEPTED);
                    }
                    assertThat(mailbox.offer(add(8), 4)).isEqualTo(Mailbox.Offer.FULL);
                }),
                4);
        tasks.remove().run();
        assertThat(ran).containsExactly(3, 5, 6, 7);
        assertThat(dropped).isEmpty();
    }

    @Test
    void whenAllIsWithdrawnItIsIdleAgain() {
        Mailbox.Task only = add(1);
        mailbox.submit(only);
        mailbox.withdraw(Set.of(only));
        tasks.remove().run();
        mailbox.offerHere(add(2), UNBOUNDED);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void makesRoomForOtherActorsAfterAWhile() {
        IntStream.range(0, 100).forEach(i -> mailbox.submit(add(i)));
        tasks.remove().run();
        assertThat(ran).hasSizeLessThan(100);
        tasks.remove().run();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void whenTheExecutorIsFullTheTimerTriesAgainAndNothingRunsInTheThreadThatBroughtIt() {
        boolean[] full = {true};
        Dispatcher busy = new Dispatcher(task -> {
            if (full[0]) {
                throw new RejectedExecutionException();
            }
            tasks.add(task);
        });
        Mailbox waiting = new Mailbox(busy);
        waiting.submit(add(1));
        busy.tryAgain();
        assertThat(ran).isEmpty();
        full[0] = false;
        busy.tryAgain();
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void aTurnThatBreaksDoesNotStopTheNext() {
        mailbox.submit(task(() -> {
            throw new StackOverflowError("planned");
        }));
        mailbox.submit(add(1));
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void aReservedOneWaitsForItsFirstTurn() {
        Mailbox reserved = Mailbox.reserved(dispatcher);
        reserved.offerHere(add(2), UNBOUNDED);
        assertThat(ran).isEmpty();
        reserved.begin(add(1));
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whatWaitsWhenItIsClosedIsDroppedAndTheRestIsNotTaken() {
        mailbox.submit(task(mailbox::close));
        mailbox.submit(add(1));
        mailbox.submit(add(2));
        tasks.remove().run();
        assertThat(mailbox.submit(add(3))).isFalse();
        assertThat(mailbox.offerHere(add(4), UNBOUNDED)).isEqualTo(Mailbox.Offer.CLOSED);
        assertThat(ran).isEmpty();
        assertThat(dropped).containsExactly(1, 2);
    }

    @Test
    void whatNobodyElseCouldRunIsRefusedFromTheLastLookOnAndTheRestIsTaken() {
        mailbox.submit(task(() -> {
            assertThat(mailbox.closeToOwn()).isTrue();
            assertThat(mailbox.offer(add(1), UNBOUNDED)).isEqualTo(Mailbox.Offer.CLOSED);
            assertThat(mailbox.offerHere(add(2), UNBOUNDED)).isEqualTo(Mailbox.Offer.ACCEPTED);
        }));
        tasks.remove().run();
        assertThat(ran).containsExactly(2);
    }

    @Test
    void whatWaitsKeepsAMailboxOpenForWhatNobodyElseCouldRun() {
        mailbox.submit(task(() -> {
            assertThat(mailbox.closeToOwn()).isFalse();
            assertThat(mailbox.offer(add(2), UNBOUNDED)).isEqualTo(Mailbox.Offer.ACCEPTED);
        }));
        mailbox.submit(add(1));
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void aPauseDoesNotHoldUpWhatWasToEndIt() {
        mailbox.submit(task(() -> {
            mailbox.submitAndGoOn(add(1));
            mailbox.pause();
        }));
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
        mailbox.submit(task(mailbox::pause));
        mailbox.submit(add(2));
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
        mailbox.submitAndGoOn(add(3));
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2, 3);
    }

    private Mailbox.Task quick(int number) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                ran.add(number);
            }

            @Override
            protected boolean mayBlock() {
                return false;
            }
        };
    }

    @Test
    void onAnEventLoopNothingRunsThatMayBlock() {
        Mailbox.onEventLoop(() -> mailbox.offerHere(add(1), UNBOUNDED));
        assertThat(ran).isEmpty();
        tasks.remove().run();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void onAnEventLoopWhatDoesNotBlockRunsAtOnce() {
        Mailbox.onEventLoop(() -> mailbox.offerHere(quick(1), UNBOUNDED));
        assertThat(ran).containsExactly(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void whatDoesNotBlockIsNoTurnInsideATurn() {
        Mailbox other = new Mailbox(dispatcher);
        mailbox.offerHere(task(() -> Mailbox.onEventLoop(() -> other.offerHere(quick(1), UNBOUNDED))), UNBOUNDED);
        assertThat(ran).isEmpty();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void onAnEventLoopWhatDoesNotBlockWaitsBehindWhatRuns() {
        mailbox.submit(add(1));
        Mailbox.onEventLoop(() -> mailbox.offerHere(quick(2), UNBOUNDED));
        assertThat(ran).isEmpty();
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whoRanATurnGoesOnWithWhatCameMeanwhileAsLongAsThatDoesNotBlock() {
        mailbox.offerHere(
                task(() -> {
                    mailbox.offerHere(quick(1), UNBOUNDED);
                    mailbox.offerHere(quick(2), UNBOUNDED);
                    mailbox.offerHere(add(3), UNBOUNDED);
                    mailbox.offerHere(quick(4), UNBOUNDED);
                }),
                UNBOUNDED);
        assertThat(ran).containsExactly(1, 2);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2, 3, 4);
        assertThat(tasks).isEmpty();
    }

    @Test
    void whoGoesOnMakesRoomForOthers() {
        int many = 1_000;
        mailbox.offerHere(
                task(() -> IntStream.range(0, many).forEach(i -> mailbox.offerHere(quick(i), UNBOUNDED))), UNBOUNDED);
        assertThat(ran).hasSizeLessThan(many);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, many).boxed().toList());
    }

    @Test
    void aPausedMailboxIsNotGoneOnWith() {
        mailbox.offerHere(
                task(() -> {
                    mailbox.offerHere(quick(1), UNBOUNDED);
                    mailbox.pause();
                }),
                UNBOUNDED);
        assertThat(ran).isEmpty();
        mailbox.submitAndGoOn(add(2));
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void afterwardsTheThreadRunsAllAgain() {
        Mailbox.onEventLoop(() -> {});
        mailbox.offerHere(add(1), UNBOUNDED);
        assertThat(ran).containsExactly(1);
    }

    @Test
    void whatALentThreadPutsOffDoesNotWaitForWhatWaits() {
        Mailbox.lending(() -> mailbox.offerHere(
                task(() -> {
                    mailbox.offerHere(quick(2), UNBOUNDED);
                    assertThat(Mailbox.whenLeft(() -> ran.add(1))).isTrue();
                    assertThat(Mailbox.whenLeft(() -> ran.add(-1))).as("once").isFalse();
                }),
                UNBOUNDED));
        assertThat(ran).containsExactly(1);
        tasks.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void onlyTheTaskOfALentThreadPutsSomethingOff() {
        mailbox.offerHere(
                task(() -> assertThat(Mailbox.whenLeft(() -> ran.add(1))).isFalse()), UNBOUNDED);
        Mailbox.lending(() -> {
            assertThat(Mailbox.whenLeft(() -> ran.add(1))).as("no task").isFalse();
            mailbox.submit(
                    task(() -> assertThat(Mailbox.whenLeft(() -> ran.add(1))).isFalse()));
            tasks.remove().run();
        });
        assertThat(ran).isEmpty();
    }
}
