package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction.Outcome;
import org.thespis.runtime.message.Output;

/** State, durable collections and rows are committed together or not at all, and what is sent leaves behind the commit. */
class TransactionalActionsTest extends TransactionsFixture {

    private Object enter(Teller self, String line) {
        transactions.row(line);
        return self.enter(line);
    }

    @Test
    void stateEntriesAndRowsAreCommittedTogether() {
        long before = version();
        assertThat(result(pay(self -> enter(self, "x")))).isEqualTo(1);
        assertThat(version()).as("one write").isEqualTo(before + 1);
        assertThat(look()).isEqualTo("1 [x]");
        isCommitted("1 [x]", "x");
    }

    @Test
    void whatFollowsWithoutATransactionIsWrittenOnTopOfIt() {
        pay(self -> enter(self, "x"));
        Teller.pay = self -> self.enter("y");
        assertThat(result(call(null, "plain"))).isEqualTo(2);
        pay(self -> enter(self, "z"));
        isCommitted("3 [x, y, z]", "x", "z");
    }

    @Test
    void nothingLeavesBeforeTheCommit() {
        List<Output> early = new ArrayList<>();
        transactions.before = what -> early.addAll(what.equals("begin") ? List.of() : actors.outputs);
        List<Output> told = pay(self -> enter(self, "x"));
        assertThat(early).isEmpty();
        assertThat(told).anyMatch(Output.Event.class::isInstance).anyMatch(Output.Reply.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.TurnsThatBreakTest#throwables")
    void whateverItThrowsNothingIsLeft(Throwable thrown) {
        pay(self -> enter(self, "x"));
        List<Output> told = pay(self -> {
            enter(self, "y");
            self.actor.schedule().after(Duration.ofHours(1), "pay");
            self.actor.destroy();
            throw thrown;
        });
        assertThat(told).singleElement().isInstanceOf(Output.Failed.class);
        isTakenBack(told, "1 [x]", "x");
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void aRollbackThatThrowsKeepsNothingOfTheState() {
        transactions.before = what -> {
            if (what.equals("rollback")) {
                transactions.forget();
                throw new IllegalStateException("what it should not do");
            }
        };
        List<Output> told = pay(self -> {
            enter(self, "x");
            throw no();
        });
        transactions.before = what -> {};
        assertThat(code(told)).isEqualTo("no");
        isTakenBack(told, "0 []");
    }

    @Test
    void whatIsMarkedForRollbackIsTakenBackAndTheCallerIsTold() {
        pay(self -> enter(self, "x"));
        List<Output> told = pay(self -> {
            enter(self, "y");
            transactions.setRollbackOnly();
            return 5;
        });
        assertThat(code(told)).isEqualTo("rolled_back");
        isTakenBack(told, "1 [x]", "x");
    }

    @Test
    void aCommitThatFailsIsTakenBackAndTheActorGoesOn() {
        pay(self -> enter(self, "x"));
        transactions.outcome = Outcome.ROLLED_BACK;
        List<Output> told = pay(self -> enter(self, "y"));
        assertThat(code(told)).isEqualTo("rolled_back");
        transactions.outcome = Outcome.COMMITTED;
        isTakenBack(told, "1 [x]", "x");
        assertThat(result(pay(self -> enter(self, "z")))).isEqualTo(2);
        isCommitted("2 [x, z]", "x", "z");
        assertThat(Teller.STORY)
                .as("it was not read again but to compare")
                .filteredOn(s -> s.startsWith("wake"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnknownOutcomeIsToldAndTheActorIsReadAgain(boolean comesThrough) {
        pay(self -> enter(self, "x"));
        transactions.outcome = Outcome.UNKNOWN;
        transactions.comesThrough = comesThrough;
        List<Output> told = pay(self -> enter(self, "y"));
        assertThat(code(told)).isEqualTo("outcome_unknown");
        assertThat(told).noneMatch(Output.Event.class::isInstance);
        assertThat(look()).isEqualTo(comesThrough ? "2 [x, y]" : "1 [x]");
        transactions.outcome = Outcome.COMMITTED;
        pay(self -> enter(self, "z"));
        assertThat(look()).isEqualTo(comesThrough ? "3 [x, y, z]" : "2 [x, z]");
    }

    @Test
    void aCommitThatThrowsIsUnknown() {
        transactions.before = what -> {
            if (what.equals("commit")) {
                throw new IllegalStateException("what it should not do");
            }
        };
        assertThat(code(pay(self -> enter(self, "x")))).isEqualTo("outcome_unknown");
        assertThat(look()).isEqualTo("0 []");
    }

    @Test
    void anInstanceThatAnotherNodeHasReplacedCommitsNothing() {
        List<Output> told = pay(self -> {
            anotherWrites();
            return enter(self, "x");
        });
        assertThat(code(told)).isEqualTo("restarting");
        isTakenBack(told, "0 []");
    }

    @Test
    void alsoIfItsStateHasNotChanged() {
        List<Output> told = pay(self -> {
            anotherWrites();
            transactions.row("x");
            return 1;
        });
        assertThat(code(told)).isEqualTo("restarting");
        assertThat(transactions.rows).isEmpty();
    }

    @Test
    void aStoreThatCannotTakePartTakesBackAll() {
        transactions.before = what -> {
            if (what.equals("write")) {
                throw new StoreException("no room", null);
            }
        };
        List<Output> told = pay(self -> enter(self, "x"));
        assertThat(code(told)).isEqualTo("rolled_back");
        isTakenBack(told, "0 []");
        transactions.before = what -> {};
        assertThat(result(pay(self -> enter(self, "y")))).isEqualTo(1);
    }

    @Test
    void withoutATransactionItIsNotRunAndMayBeCalledAgain() {
        transactions.before = what -> {
            throw new StoreException("none left", null);
        };
        assertThat(code(pay("key", self -> enter(self, "x")))).isEqualTo("service_unavailable");
        assertThat(Teller.STORY).doesNotContain("pay");
        transactions.before = what -> {};
        assertThat(result(pay("key", self -> enter(self, "x")))).isEqualTo(1);
    }

    @Test
    void aKeptAnswerIsCommittedWithIt() {
        assertThat(result(pay("key", self -> enter(self, "x")))).isEqualTo(1);
        actors = system(); // after a crash
        assertThat(result(pay("key", self -> enter(self, "x")))).isEqualTo(1);
        isCommitted("1 [x]", "x");
    }

    @Test
    void aKeyWhoseTransactionWasRolledBackRunsAgain() {
        transactions.outcome = Outcome.ROLLED_BACK;
        assertThat(code(pay("key", self -> enter(self, "x")))).isEqualTo("rolled_back");
        transactions.outcome = Outcome.COMMITTED;
        assertThat(result(pay("key", self -> enter(self, "x")))).isEqualTo(1);
        isCommitted("1 [x]", "x");
    }

    @Test
    void aKeyWhoseActionThrewIsToldThatAgain() {
        for (int i = 0; i < 2; i++) {
            assertThat(code(pay("key", self -> {
                        enter(self, "x");
                        throw no();
                    })))
                    .isEqualTo("no");
        }
        assertThat(Teller.STORY).filteredOn("pay"::equals).hasSize(1);
        isCommitted("0 []");
    }

    @Test
    void whoseCallerIsToldThatItTimedOutIsTakenBack() {
        actors = system(Duration.ofMillis(20));
        List<Output> told = pay(self -> {
            Thread.sleep(40);
            return enter(self, "x");
        });
        assertThat(code(told)).isEqualTo("action_timed_out");
        isTakenBack(told, "0 []");
        assertThat(transactions.timeout).as("the server's comes later").isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void alsoIfTheTimerTellsItMeanwhile() {
        actors = system(Duration.ofMillis(20));
        List<Output> told = pay(self -> {
            enter(self, "x");
            Thread.sleep(40);
            Thread timer = new Thread(actors.system::tick);
            timer.start();
            timer.join();
            return 1;
        });
        assertThat(code(told)).isEqualTo("action_timed_out");
        isTakenBack(told, "0 []");
    }

    @Test
    void aStageThatHasNotCompletedIsAFailure() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        List<Output> told = pay(self -> {
            enter(self, "x");
            return stage;
        });
        stage.complete(1);
        isTakenBack(told, "0 []");
        assertThat(result(pay(self -> CompletableFuture.completedFuture(enter(self, "y")))))
                .isEqualTo(1);
    }

    @Test
    void aResultThatCannotBeSentIsAFailure() {
        List<Output> told = pay(self -> {
            enter(self, "x");
            Scripted.Node circle = new Scripted.Node();
            circle.next = circle;
            return circle;
        });
        assertThat(code(told)).isEqualTo("outgoing_unencodable");
        isTakenBack(told, "0 []");
    }

    @Test
    void aStateThatCannotBeWrittenIsTakenBackWithItsRows() {
        List<Output> told = pay(self -> {
            self.odd = new Object[] {new Thread()};
            return enter(self, "x");
        });
        assertThat(code(told)).isEqualTo("state_unwritable");
        isTakenBack(told, "0 []");
    }

    @Test
    void anInterruptOfTheAuthorsReachesNeitherTheStoreNorOthers() {
        List<Boolean> seen = new ArrayList<>();
        transactions.before = what -> seen.add(Thread.currentThread().isInterrupted());
        pay(self -> {
            Thread.currentThread().interrupt();
            return enter(self, "x");
        });
        assertThat(seen).isNotEmpty().doesNotContain(true);
        assertThat(Thread.interrupted()).isFalse();
        isCommitted("1 [x]", "x");
    }
}
