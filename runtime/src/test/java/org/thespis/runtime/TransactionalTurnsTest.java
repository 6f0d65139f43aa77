package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreTransaction.Outcome;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.message.Output;

/** What else the turn of a transactional action does is part of its transaction: hooks, plans, the end of the actor. */
class TransactionalTurnsTest extends TransactionsFixture {

    private Object enter(Teller self, String line) {
        transactions.row(line);
        return self.enter(line);
    }

    @Test
    void itsHooksRunInTheTransaction() {
        Teller.onChange = self -> enter(self, "changed");
        Teller.onDisconnect = self -> Teller.STORY.add("disconnected " + transactions.isInside());
        pay(self -> enter(self, "x"));
        Teller.onChange = self -> {};
        assertThat(Teller.STORY).contains("disconnected true");
        isCommitted("2 [x, changed]", "x", "changed");
    }

    @Test
    void aHookThatRollsBackTakesBackAll() {
        Teller.onChange = self -> {
            enter(self, "changed");
            transactions.setRollbackOnly();
            throw no();
        };
        List<Output> told = pay(self -> enter(self, "x"));
        Teller.onChange = self -> {};
        assertThat(code(told)).isEqualTo("rolled_back");
        isTakenBack(told, "0 []");
    }

    @Test
    void itIsDestroyedWithTheCommit() {
        Teller.onDestroy = self -> transactions.row("destroyed");
        List<Output> told = pay(self -> {
            self.actor.destroy();
            return enter(self, "x");
        });
        assertThat(result(told)).isEqualTo(1);
        assertThat(store.memory.find(id)).isEmpty();
        assertThat(transactions.rows).containsExactly("x", "destroyed");
        assertThat(actors.system.instance(id)).isNull();
    }

    @Test
    void aHookMayDestroyItInTheTransaction() {
        Teller.onChange = self -> self.actor.destroy();
        assertThat(result(pay(self -> enter(self, "x")))).isEqualTo(1);
        assertThat(store.memory.find(id)).isEmpty();
        assertThat(transactions.rows).containsExactly("x");
    }

    @Test
    void itIsNotDestroyedIfItIsRolledBack() {
        Teller.onDestroy = self -> Teller.STORY.add("destroyed");
        List<Output> told = pay(self -> {
            self.actor.destroy();
            transactions.setRollbackOnly();
            return enter(self, "x");
        });
        assertThat(code(told)).isEqualTo("rolled_back");
        assertThat(Teller.STORY).doesNotContain("destroyed");
        isTakenBack(told, "0 []");
    }

    @Test
    void itIsNotDestroyedIfTheCommitFails() {
        transactions.outcome = Outcome.ROLLED_BACK;
        List<Output> told = pay(self -> {
            self.actor.destroy();
            return enter(self, "x");
        });
        transactions.outcome = Outcome.COMMITTED;
        assertThat(code(told)).isEqualTo("rolled_back");
        isTakenBack(told, "0 []");
    }

    @Test
    void whoIsConnectedIsNotToldThatAnActorIsGoneWhichIsNot() {
        transactions.outcome = Outcome.ROLLED_BACK;
        List<Output> told = pay(self -> {
            self.actor.destroy();
            return enter(self, "x");
        });
        transactions.outcome = Outcome.COMMITTED;
        assertThat(look()).isEqualTo("0 []");
        assertThat(told)
                .filteredOn(Output.Closed.class::isInstance)
                .isNotEmpty()
                .allMatch(closed -> ((Output.Closed) closed).code() == 1011)
                .allMatch(closed -> "actor.restarting".equals(((Output.Closed) closed).reason()));
    }

    @Test
    void itIsNotDestroyedIfAnotherNodeHasWritten() {
        List<Output> told = pay(self -> {
            self.actor.destroy();
            anotherWrites();
            return enter(self, "x");
        });
        assertThat(code(told)).isEqualTo("restarting");
        isTakenBack(told, "0 []");
    }

    @Test
    void whatWasPlannedIsGoneWithTheCommit() {
        Teller.pay = self -> enter(self, "x");
        call(null, "plain"); // refused, as it is in no transaction
        Teller.pay = self -> self.actor.schedule().after(Duration.ofSeconds(1), "pay");
        call(null, "plain");
        Teller.pay = self -> enter(self, "x");
        actors.clock.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 3; i++) {
            actors.system.tick();
            actors.runTasks();
        }
        isCommitted("1 [x]", "x");
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void whatWasPlannedAndFailsIsNotRepeated() {
        Teller.pay = self -> self.actor.schedule().after(Duration.ofSeconds(1), "pay");
        call(null, "plain");
        Teller.pay = self -> enter(self, "x");
        transactions.outcome = Outcome.ROLLED_BACK;
        actors.clock.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 3; i++) {
            actors.system.tick();
            actors.runTasks();
        }
        transactions.outcome = Outcome.COMMITTED;
        isCommitted("0 []");
        assertThat(Teller.STORY).filteredOn("pay"::equals).hasSize(1);
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void whatWasPlannedAndTakesTooLongIsTakenBack() {
        Teller.pay = self -> self.actor.schedule().after(Duration.ofSeconds(1), "pay");
        call(null, "plain");
        actors = system(Duration.ofMillis(20));
        look(); // awake
        Teller.pay = self -> {
            Thread.sleep(40);
            return enter(self, "x");
        };
        actors.clock.advance(Duration.ofSeconds(2));
        actors.system.tick();
        actors.runTasks();
        assertThat(Teller.STORY).filteredOn("pay"::equals).hasSize(1);
        isCommitted("0 []");
    }

    @Test
    void aHookThatTakesTooLongTakesBackAll() {
        actors = system(Duration.ofMillis(20));
        Teller.onChange = self -> Thread.sleep(40);
        List<Output> told = pay(self -> enter(self, "x"));
        Teller.onChange = self -> {};
        assertThat(code(told)).isEqualTo("action_timed_out");
        isTakenBack(told, "0 []");
    }

    @Test
    void whatItPlansIsCommittedWithItAndStandsWhenOthersFollow() {
        pay(self -> self.actor.schedule().after(Duration.ofHours(1), "pay"));
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).containsExactly(id);
        pay(self -> enter(self, "x"));
        pay(self -> 1);
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).containsExactly(id);
        assertThat(store.memory.due(actors.clock.millis(), 10)).isEmpty();
    }

    @Test
    void anActorThatHasPlannedNothingIsNotWoken() {
        pay(self -> 1);
        assertThat(store.memory.due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void aStoreWithoutTransactionsRefusesTheDeployment() {
        assertThatThrownBy(() -> new TestActors(
                        ScriptedFixture.settings(Duration.ofSeconds(1)), new MemoryStateStore(), Teller.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("THESPIS-158: the action pay of " + Teller.class.getName());
    }
}
