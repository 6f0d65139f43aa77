package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorReference;
import org.thespis.runtime.reference.AfterCommit;

/** What is told inside a transaction outside of turns. */
class TellsInTransactionsTest extends ReferencesFixture {

    private static final int MAX = 3;

    private final ThreadLocal<List<AfterCommit.Waiting>> present = new ThreadLocal<>();

    @Override
    AfterCommit afterCommit() {
        return waiting -> {
            List<AfterCommit.Waiting> transaction = present.get();
            if (transaction == null) {
                return false;
            }
            if (transaction.size() == MAX) {
                throw new IllegalStateException("too much waits");
            }
            return transaction.add(waiting);
        };
    }

    private void beginTransaction() {
        present.set(new ArrayList<>());
    }

    private List<AfterCommit.Waiting> endTransaction() {
        List<AfterCommit.Waiting> waiting = present.get();
        present.remove();
        return waiting;
    }

    private ActorReference calling(String key) {
        return actors.type("calling").getOrCreate(key);
    }

    private int count() throws Exception {
        return (Integer) get(calling("a").call("add", 0));
    }

    @Test
    void whatIsToldLeavesAfterTheCommitInItsOrder() throws Exception {
        begin();
        List<Integer> told = new ArrayList<>();
        script.act = self -> told.add(self.count);
        beginTransaction();
        scripted("a").tell("add", 7);
        scripted("a").tell("act");
        scripted("a").tell("add", 1);
        List<AfterCommit.Waiting> waiting = endTransaction();
        assertThat(get(scripted("a").call("get"))).as("before the commit").isEqualTo(0);
        assertThat(references.open()).as("waits").isEqualTo(3);
        waiting.forEach(AfterCommit.Waiting::committed);
        assertThat(get(scripted("a").call("get"))).isEqualTo(8);
        assertThat(told).containsExactly(7);
        await("nothing is kept", () -> references.open() == 0);
    }

    @Test
    void whatIsToldNeverLeavesIfTheTransactionIsRolledBack() throws Exception {
        begin(Calling.class);
        beginTransaction();
        calling("a").tell("add", 7);
        calling("a").tell("add", 1);
        endTransaction().forEach(AfterCommit.Waiting::rolledBack);
        assertThat(references.open()).as("nothing is kept").isZero();
        assertThat(count()).isZero();
    }

    @Test
    void whatIsToldWithoutATransactionLeavesAtOnce() throws Exception {
        begin(Calling.class);
        calling("a").tell("add", 7);
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void aCallInsideATransactionIsNotDelayed() throws Exception {
        begin(Calling.class);
        beginTransaction();
        assertThat(get(calling("a").call("add", 2))).isEqualTo(2);
        assertThat(calling("a").blocking().call("add", 2)).isEqualTo(4);
        assertThat(endTransaction()).isEmpty();
    }

    @Test
    void argumentsAreCopiedWhenTheyAreTold() throws Exception {
        begin(Calling.class);
        List<String> mine = new ArrayList<>(List.of("x"));
        beginTransaction();
        calling("a").tell("renamed", mine.get(0), mine.get(0));
        mine.clear();
        endTransaction().forEach(AfterCommit.Waiting::committed);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void oneTransactionTakesOnlySoMuchAndSaysSo() throws Exception {
        begin(Calling.class);
        beginTransaction();
        for (int i = 0; i < MAX; i++) {
            calling("a").tell("add", 1);
        }
        assertThatThrownBy(() -> calling("a").tell("add", 1)).isInstanceOf(IllegalStateException.class);
        assertThat(references.open()).as("what was refused is not open").isEqualTo(MAX);
        endTransaction().forEach(AfterCommit.Waiting::committed);
        assertThat(count()).isEqualTo(MAX);
    }

    @Test
    void whatWaitsWhenTheActorsStopIsNotKept() {
        begin(Calling.class);
        beginTransaction();
        calling("a").tell("add", 7);
        references.close();
        endTransaction().forEach(AfterCommit.Waiting::committed);
        assertThat(references.open()).isZero();
    }

    @Test
    void aTurnTellsWithItsOutputWhateverTransactionIsAround() throws Exception {
        begin(Calling.class);
        script.act = self -> {
            beginTransaction();
            calling("a").tell("add", 7);
            assertThat(endTransaction()).isEmpty();
        };
        get(scripted("b").call("act"));
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void anArgumentThatCannotBeWrittenWaitsForNothing() {
        begin(Calling.class);
        beginTransaction();
        calling("a").tell("add", new ReferencesTest.Stubborn());
        assertThat(endTransaction()).isEmpty();
        assertThat(references.open()).isZero();
    }
}
