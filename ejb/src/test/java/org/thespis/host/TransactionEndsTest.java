package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.reference.AfterCommit;

/** What waits for the end of a transaction, with a registry in the hand of the test. */
class TransactionEndsTest {

    /** One transaction of that status. */
    private static final class Registry implements TransactionSynchronizationRegistry {

        private final Map<Object, Object> resources = new HashMap<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;

        @Override
        public Object getTransactionKey() {
            return this;
        }

        @Override
        public void putResource(Object key, Object value) {
            resources.put(key, value);
        }

        @Override
        public Object getResource(Object key) {
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            synchronizations.add(synchronization);
        }

        @Override
        public int getTransactionStatus() {
            return status;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public boolean getRollbackOnly() {
            return status == Status.STATUS_MARKED_ROLLBACK;
        }

        private void end(int how) {
            status = how;
            synchronizations.forEach(Synchronization::beforeCompletion);
            synchronizations.forEach(synchronization -> synchronization.afterCompletion(how));
        }
    }

    private final Registry registry = new Registry();
    private final TransactionEnds ends = new TransactionEnds(registry, 3);
    private final List<String> told = new ArrayList<>();

    private AfterCommit.Waiting waiting(String name) {
        return new AfterCommit.Waiting() {
            @Override
            public void committed() {
                told.add(name + " committed");
            }

            @Override
            public void rolledBack() {
                told.add(name + " rolled back");
            }
        };
    }

    private boolean defer(String name) {
        return ends.defer(waiting(name));
    }

    @Test
    void whoIsInNoTransactionDoesNotWait() {
        registry.status = Status.STATUS_NO_TRANSACTION;
        assertThat(defer("a")).isFalse();
        registry.status = Status.STATUS_COMMITTED;
        assertThat(defer("a")).as("behind the commit").isFalse();
        assertThat(registry.synchronizations).isEmpty();
    }

    @Test
    void allAreToldOfTheCommitInTheirOrderByOneSynchronization() {
        assertThat(defer("a")).isTrue();
        assertThat(defer("b")).isTrue();
        assertThat(told).isEmpty();
        registry.end(Status.STATUS_COMMITTED);
        assertThat(told).containsExactly("a committed", "b committed");
        assertThat(registry.synchronizations).hasSize(1);
    }

    @Test
    void allAreToldOfTheRollback() {
        defer("a");
        registry.end(Status.STATUS_ROLLEDBACK);
        assertThat(told).containsExactly("a rolled back");
    }

    @Test
    void whatIsNotKnownToHaveCommittedHasNot() {
        defer("a");
        registry.end(Status.STATUS_UNKNOWN);
        assertThat(told).containsExactly("a rolled back");
    }

    @Test
    void whatComesWhenTheTransactionIsDoomedNeverLeaves() {
        for (int doomed :
                List.of(Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK)) {
            registry.status = doomed;
            assertThat(defer("a")).isTrue();
        }
        assertThat(told).hasSize(3).containsOnly("a rolled back");
        assertThat(registry.synchronizations).isEmpty();
    }

    @Test
    void whatComesWhenTheTransactionIsOverBehindTheBackOfItsThreadNeverLeaves() {
        defer("a");
        registry.end(Status.STATUS_ROLLEDBACK);
        registry.status = Status.STATUS_ACTIVE; // as the thread saw it a moment before
        defer("b");
        assertThat(told).containsExactly("a rolled back", "b rolled back");
    }

    @Test
    void whatComesWhileTheTransactionIsEndingIsRefused() {
        for (int ending : List.of(Status.STATUS_PREPARING, Status.STATUS_PREPARED, Status.STATUS_COMMITTING)) {
            registry.status = ending;
            assertThatThrownBy(() -> defer("a")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void oneTransactionTakesOnlySoMuch() {
        defer("a");
        defer("b");
        defer("c");
        assertThatThrownBy(() -> defer("d")).hasMessageContaining("thespis/max-tells-per-transaction");
        registry.end(Status.STATUS_COMMITTED);
        assertThat(told).containsExactly("a committed", "b committed", "c committed");
    }

    @Test
    void oneThatBreaksDoesNotKeepTheOthers() {
        ends.defer(new AfterCommit.Waiting() {
            @Override
            public void committed() {
                throw new IllegalStateException("broken");
            }

            @Override
            public void rolledBack() {
                throw new IllegalStateException("broken");
            }
        });
        defer("b");
        registry.end(Status.STATUS_COMMITTED);
        assertThat(told).containsExactly("b committed");
    }
}
