package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreTransaction.Outcome;

/** What a transactional action asks of other actors leaves behind its commit, and never if it is rolled back. */
class TransactionalTellsTest extends ReferencesFixture {

    private final FakeTransactions transactions = store.transactions;
    private final AtomicBoolean committed = new AtomicBoolean();

    @BeforeEach
    void reset() {
        Teller.reset();
        begin(Teller.class);
        transactions.before = what -> committed.set(what.equals("commit"));
    }

    private CompletionStage<Object> pay() {
        return actors.type("teller").getOrCreate("a").call("pay");
    }

    @Test
    void whatItTellsLeavesBehindTheCommit() throws Exception {
        AtomicBoolean inTime = new AtomicBoolean();
        script.act = self -> inTime.set(committed.get());
        Teller.pay = self -> {
            scripted("b").tell("act");
            self.enter("x");
            Thread.sleep(50); // it could be there by now
            return 1;
        };
        assertThat(get(pay())).isEqualTo(1);
        await("it is told", () -> script.has("act", "b"));
        assertThat(inTime).isTrue();
    }

    @Test
    void whatItTellsNeverLeavesIfItIsRolledBack() throws Exception {
        Teller.pay = self -> {
            scripted("b").tell("add", 7);
            self.enter("x");
            return 1;
        };
        transactions.outcome = Outcome.ROLLED_BACK;
        assertThat(failure(pay())).isEqualTo("actor.rolled_back");
        transactions.outcome = Outcome.COMMITTED;
        assertThat(get(scripted("b").call("get"))).isEqualTo(0);
        assertThat(references.open()).isZero();
    }

    @Test
    void aCallOfItsOwnIsToldSoIfItIsRolledBack() throws Exception {
        CompletionStage<?>[] called = new CompletionStage<?>[1];
        Teller.pay = self -> {
            called[0] = scripted("b").call("add", 7);
            transactions.setRollbackOnly();
            return 1;
        };
        assertThat(failure(pay())).isEqualTo("actor.rolled_back");
        assertThat(failure(called[0])).isEqualTo("actor.rolled_back");
        assertThat(get(scripted("b").call("get"))).isEqualTo(0);
    }

    @Test
    void waitingForAnotherActorInsideIsRefusedAndTakesBackAll() {
        Teller.pay = self -> {
            self.enter("x");
            return scripted("b").blocking().call("get");
        };
        assertThat(failure(pay())).isEqualTo("rivetkit.internal_error");
        assertThat(transactions.isInside()).isFalse();
    }
}
